package format

import (
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// sarifLimit is how many results of one run GitHub code scanning takes
// (docs.github.com/code-security, "SARIF support for code scanning").
const sarifLimit = 25_000

// sarifLevels are the levels by severity.
var sarifLevels = map[engine.Severity]string{engine.Error: "error", engine.Warning: "warning", engine.Note: "note"}

const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool              sarifTool         `json:"tool"`
	AutomationDetails sarifAutomation   `json:"automationDetails"`
	ColumnKind        string            `json:"columnKind"`
	Invocations       []sarifInvocation `json:"invocations"`
	Results           []sarifResult     `json:"results"`
}

type sarifAutomation struct {
	ID string `json:"id"`
}

type sarifInvocation struct {
	ExecutionSuccessful        bool                `json:"executionSuccessful"`
	ToolExecutionNotifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
}

type sarifNotification struct {
	Level   string    `json:"level"`
	Message sarifText `json:"message"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name            string      `json:"name"`
	InformationURI  string      `json:"informationUri"`
	SemanticVersion string      `json:"semanticVersion,omitempty"`
	Rules           []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID                   string             `json:"id"`
	Name                 string             `json:"name"`
	ShortDescription     sarifText          `json:"shortDescription"`
	FullDescription      sarifText          `json:"fullDescription"`
	Help                 sarifMarkdown      `json:"help"`
	HelpURI              string             `json:"helpUri,omitempty"`
	DefaultConfiguration sarifConfiguration `json:"defaultConfiguration"`
	Properties           sarifRuleBag       `json:"properties"`
}

type sarifConfiguration struct {
	Level string `json:"level"`
}

type sarifRuleBag struct {
	Tags []string `json:"tags"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifMarkdown struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown"`
}

type sarifResult struct {
	RuleID              string             `json:"ruleId"`
	RuleIndex           int                `json:"ruleIndex"`
	Level               string             `json:"level"`
	Message             sarifText          `json:"message"`
	Locations           []sarifLocation    `json:"locations"`
	RelatedLocations    []sarifLocation    `json:"relatedLocations,omitempty"`
	PartialFingerprints map[string]string  `json:"partialFingerprints"`
	Suppressions        []sarifSuppression `json:"suppressions,omitempty"`
	Fixes               []sarifFix         `json:"fixes,omitempty"`
}

type sarifSuppression struct {
	Kind          string `json:"kind"`
	Justification string `json:"justification,omitempty"`
}

type sarifLocation struct {
	ID               *int          `json:"id,omitempty"`
	PhysicalLocation sarifPhysical `json:"physicalLocation"`
	Message          *sarifText    `json:"message,omitempty"`
}

type sarifPhysical struct {
	ArtifactLocation sarifArtifact `json:"artifactLocation"`
	Region           sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
	EndLine     int `json:"endLine"`
	EndColumn   int `json:"endColumn"`
}

type sarifFix struct {
	Description     sarifText             `json:"description"`
	ArtifactChanges []sarifArtifactChange `json:"artifactChanges"`
}

type sarifArtifactChange struct {
	ArtifactLocation sarifArtifact      `json:"artifactLocation"`
	Replacements     []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	DeletedRegion   sarifByteRegion `json:"deletedRegion"`
	InsertedContent *sarifText      `json:"insertedContent,omitempty"`
}

type sarifByteRegion struct {
	ByteOffset int `json:"byteOffset"`
	ByteLength int `json:"byteLength"`
}

// SARIFOptions name the run for code scanning.
type SARIFOptions struct {
	// Version is that of the tool, a semantic version or empty.
	Version string
	// Category tells analyses of one commit apart.
	Category string
}

// SARIF writes SARIF 2.1.0 as GitHub code scanning wants it: rules with
// help, one-line regions in code points, fingerprints that survive moved
// lines, suppressed findings with their reason, at most 25,000 results with the most
// severe first.
func SARIF(w io.Writer, report *linter.Report, opts SARIFOptions) error {
	run := sarifRun{
		Tool:              sarifTool{Driver: sarifDriver{Name: "aksnetlint", InformationURI: "https://github.com/aksnetlint/aksnetlint", SemanticVersion: opts.Version, Rules: []sarifRule{}}},
		AutomationDetails: sarifAutomation{ID: strings.TrimSuffix(opts.Category, "/") + "/"},
		ColumnKind:        "unicodeCodePoints",
		Invocations:       []sarifInvocation{{ExecutionSuccessful: len(report.Failures) == 0 && report.Interrupted == nil}},
		Results:           []sarifResult{},
	}
	if opts.Category == "" {
		run.AutomationDetails.ID = "aksnetlint/"
	}
	index := map[string]int{}
	for i, rule := range report.Rules {
		index[rule.ID] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(rule))
	}
	for _, f := range bySeverity(report) {
		if len(run.Results) == sarifLimit {
			break
		}
		run.Results = append(run.Results, sarifResultOf(f, index[f.Rule]))
	}
	for _, s := range report.Suppressed {
		if len(run.Results) == sarifLimit {
			break
		}
		result := sarifResultOf(s.Finding, index[s.Rule])
		result.Suppressions = []sarifSuppression{{Kind: suppressionKind(s.By), Justification: printable(s.Reason)}}
		run.Results = append(run.Results, result)
	}
	if total := len(report.Findings) + len(report.Suppressed); total > sarifLimit {
		run.notify("warning", fmt.Sprintf("%d results of %d are left out: code scanning takes %d, the most severe are here", total-sarifLimit, total, sarifLimit))
	}
	for _, failure := range report.Failures {
		run.notify("error", fmt.Sprintf("rule %s (%s): %s", failure.Rule, printable(failure.Place), printable(failure.Message)))
	}
	if report.Interrupted != nil {
		run.notify("error", report.Interrupted.Error())
	}
	return writeJSON(w, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

func (r *sarifRun) notify(level, text string) {
	r.Invocations[0].ToolExecutionNotifications = append(r.Invocations[0].ToolExecutionNotifications, sarifNotification{level, sarifText{text}})
}

// suppressionKind tells what stands in the source from what stands elsewhere.
func suppressionKind(by string) string {
	if by == "ignore" || by == "annotation" {
		return "inSource"
	}
	return "external"
}

func sarifRuleOf(rule engine.Rule) sarifRule {
	help := fmt.Sprintf("%s\n\n%s", rule.Description, rule.Remediation)
	markdown := fmt.Sprintf("%s\n\n**Fix:** %s\n", rule.Description, rule.Remediation)
	for _, link := range rule.Links {
		markdown += fmt.Sprintf("\n- <%s>", link)
	}
	r := sarifRule{
		ID: rule.ID, Name: rule.ID, ShortDescription: sarifText{rule.Title}, FullDescription: sarifText{rule.Description},
		Help: sarifMarkdown{help, markdown}, DefaultConfiguration: sarifConfiguration{sarifLevels[rule.Severity]},
		Properties: sarifRuleBag{Tags: []string{"aks", "network", rule.Family}},
	}
	if len(rule.Links) > 0 {
		r.HelpURI = rule.Links[0]
	}
	return r
}

func sarifResultOf(f linter.Finding, rule int) sarifResult {
	message := fullMessage(f)
	for _, e := range f.Evidence {
		message += "\n" + printable(e)
	}
	result := sarifResult{
		RuleID: f.Rule, RuleIndex: rule, Level: sarifLevels[f.Severity], Message: sarifText{message},
		Locations: []sarifLocation{sarifPlace(f.Place)}, PartialFingerprints: map[string]string{"aksnetlint/v1": f.Fingerprint},
	}
	for i, related := range f.Related {
		location := sarifPlace(related.Place)
		id := i + 1
		location.ID, location.Message = &id, &sarifText{printable(related.Message)}
		result.RelatedLocations = append(result.RelatedLocations, location)
	}
	if len(f.Fixes) > 0 {
		result.Fixes = []sarifFix{sarifFixOf(f)}
	}
	return result
}

func sarifFixOf(f linter.Finding) sarifFix {
	fix := sarifFix{Description: sarifText{printable(f.Help)}}
	for _, edit := range f.Fixes {
		replacement := sarifReplacement{DeletedRegion: sarifByteRegion{edit.Start, edit.End - edit.Start}}
		if edit.New != "" {
			replacement.InsertedContent = &sarifText{edit.New}
		}
		n := len(fix.ArtifactChanges)
		if n == 0 || fix.ArtifactChanges[n-1].ArtifactLocation.URI != sarifURI(edit.File) {
			fix.ArtifactChanges = append(fix.ArtifactChanges, sarifArtifactChange{ArtifactLocation: sarifArtifact{sarifURI(edit.File)}})
			n++
		}
		change := &fix.ArtifactChanges[n-1]
		change.Replacements = append(change.Replacements, replacement)
	}
	return fix
}

func sarifPlace(p linter.Place) sarifLocation {
	return sarifLocation{PhysicalLocation: sarifPhysical{
		ArtifactLocation: sarifArtifact{sarifURI(p.File)},
		Region:           sarifRegion{p.Line, p.Column, p.EndLine, p.EndColumn},
	}}
}

// sarifURI is a relative reference, escaped; the path of a file outside of the
// working folder stays as it is.
func sarifURI(file string) string {
	u := url.URL{Path: path.Clean(file)}
	return u.String()
}
