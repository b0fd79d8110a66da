package linter

import "github.com/aksnetlint/aksnetlint/linter/engine"

// The rules about the input itself. They are found while reading and expanding,
// not by Rego; everything else about them (severities in the configuration,
// ignores, explain, docs) is as for every rule.
const (
	ruleParseError     = "parse-error"
	ruleDuplicateKey   = "duplicate-key"
	ruleTemplateError  = "template-error"
	ruleParameterError = "parameter-error"
	ruleInputLimit     = "input-limit"
	ruleUnusedIgnore   = "unused-ignore"
	ruleIgnoreReason   = "ignore-without-reason"
)

const templateDocs = "https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax"

var inputRules = []engine.Rule{
	{
		ID: ruleParseError, Family: "input", Severity: engine.Error, Since: "0.1.0",
		Title:       "File cannot be parsed",
		Description: "The file cannot be opened, or its text is not valid YAML or JSON as kubectl and Azure Resource Manager read them, so nothing in the document was judged and neither tool would deploy it.",
		Targets:     []string{"files"},
		Remediation: "Mend the syntax at the place that the message names.",
		Links:       []string{"https://kubernetes.io/docs/concepts/overview/working-with-objects/", templateDocs},
	},
	{
		ID: ruleDuplicateKey, Family: "input", Severity: engine.Warning, Since: "0.1.0",
		Title:       "Key stands twice in one object",
		Description: "Of two members with the same key the last one counts and the earlier one is dropped without a word; a strict API server refuses the object.",
		Targets:     []string{"files"},
		Remediation: "Keep one of the two.",
		Links:       []string{"https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation"},
	},
	{
		ID: ruleTemplateError, Family: "input", Severity: engine.Error, Since: "0.1.0",
		Title:       "Template would be refused by Azure Resource Manager",
		Description: "An expression, a resource or a section of the template is not valid. What hangs on it is unknown to the other rules; the rest of the template is judged all the same.",
		Targets:     []string{"templates"},
		Remediation: "Mend the template at the place that the message names.",
		Links:       []string{templateDocs, "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions"},
	},
	{
		ID: ruleParameterError, Family: "input", Severity: engine.Error, Since: "0.1.0",
		Title:       "Parameter value does not fit its template",
		Description: "A supplied parameter value is not declared by the template, has another type, or is outside of the declared bounds: the deployment would be refused.",
		Targets:     []string{"templates"},
		Remediation: "Mend the parameter file, or the declaration in the template.",
		Links:       []string{"https://learn.microsoft.com/azure/azure-resource-manager/templates/parameters"},
	},
	{
		ID: ruleInputLimit, Family: "input", Severity: engine.Error, Since: "0.1.0",
		Title:       "Input crosses a bound",
		Description: "A file, document or template is larger, deeper or more numerous in its parts than the linter reads, and in most cases than Azure or the API server would take. What lies beyond the bound was not judged.",
		Targets:     []string{"files"},
		Remediation: "Split the input, or leave the file out.",
		Links:       []string{"https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices"},
	},
	{
		ID: ruleUnusedIgnore, Family: "input", Severity: engine.Warning, Since: "0.1.0",
		Title:       "Ignore has nothing to ignore",
		Description: "The rule that this ignore names has no finding in its scope. A stale ignore hides the next real finding.",
		Targets:     []string{"files"},
		Remediation: "Remove the ignore.",
		Links:       []string{"https://github.com/aksnetlint/aksnetlint/blob/main/docs/ignores.md"},
	},
	{
		ID: ruleIgnoreReason, Family: "input", Severity: engine.Warning, Since: "0.1.0",
		Title:       "Ignore without a reason",
		Description: "An ignore says why the finding is accepted, so that the next reader can tell whether that still holds.",
		Targets:     []string{"files"},
		Remediation: "Write the reason: aksnetlint:ignore RULE -- REASON.",
		Links:       []string{"https://github.com/aksnetlint/aksnetlint/blob/main/docs/ignores.md"},
	},
}
