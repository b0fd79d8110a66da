package format_test

import (
	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// sample is the report that the golden files show: one of everything. text
// stands in each field that comes from an input.
func sample(text func(string) string) *linter.Report {
	place := func(file string, line, column, end int, source string) linter.Place {
		return linter.Place{File: text(file), Line: line, Column: column, EndLine: line, EndColumn: end, Source: text(source)}
	}
	template := linter.Finding{
		Rule: "subnet-too-small", Severity: engine.Error, Message: text("subnet nodes has 251 addresses, 1015 are needed"),
		Place: place("infra/main.json", 16, 24, 46, `      "addressPrefix": "[variables('nodes')]"`), Resource: text("Microsoft.Network/virtualNetworks/subnets/net/nodes"),
		Evidence:    []string{text("35 nodes x (30 pods - 1) = 1015 addresses"), text("10.240.0.0/24 has 251")},
		Related:     []linter.Related{{Place: place("infra/main.json", 9, 12, 27, `  "nodes": "10.240.0.0/24"`), Message: text(`variable "nodes"`)}},
		Deployments: []string{text("infra/test.json"), text("infra/prod.json")}, Fingerprint: "0123456789abcdef", Help: text("Use a larger subnet."),
	}
	conditional := linter.Finding{
		Rule: "kubenet-retirement", Severity: engine.Warning, Message: text("kubenet is retired on 2028-03-31"),
		Place: place("infra/main.json", 40, 9, 24, `        "networkPlugin": "[parameters('Network Plugin')]"`), Resource: text("Microsoft.ContainerService/managedClusters/shop"),
		When: []linter.Condition{{Parameter: text("Network Plugin"), Values: []any{text("kubenet"), float64(3), true}}}, Fingerprint: "1123456789abcdef",
	}
	fixable := linter.Finding{
		Rule: "annotation-not-a-string", Severity: engine.Note, Message: text("annotation internal is true, not a string"),
		Place: place("deploy/service.yaml", 6, 15, 19, `    internal: true`), Resource: text("Service/shop"), Fingerprint: "2123456789abcdef",
		Help: text("Quote the value."), Fixes: []linter.Edit{{File: text("deploy/service.yaml"), Start: 60, End: 64, New: text(`"true"`)}},
	}
	ignored := conditional
	ignored.Line, ignored.EndLine, ignored.When, ignored.Fingerprint = 41, 41, nil, "3123456789abcdef"
	return &linter.Report{
		Findings: []linter.Finding{fixable, template, conditional},
		Undecided: []linter.Undecided{{
			Rule: "udr-conflicts", Resource: text("Microsoft.ContainerService/managedClusters/shop"), Place: place("infra/main.json", 30, 5, 11, `    "type": "x"`),
			Missing: []linter.Missing{{Expression: text("parameters('subnetId')"), Reason: text("parameter without a value"), Place: place("infra/main.json", 4, 5, 15, `    "subnetId": {}`), Settle: text("--set 'subnetId=...'")}},
		}},
		Suppressed: []linter.Suppressed{{Finding: ignored, By: "ignore", Reason: text("moves in May")}},
		Skipped:    []linter.Skipped{{File: text("package.json"), Line: 1, Reason: text("a package.json, not a manifest or a template")}},
		Summary:    linter.Summary{Files: 3, Documents: 4, Resources: 5, Rules: 4, Errors: 1, Warnings: 1, Notes: 1, Undecided: 1, Suppressed: 1, Skipped: 1},
		Failures:   []engine.Failure{{Rule: "own-rule", Place: text("own.rego:7:1"), Message: text("division by zero")}},
		Rules: []engine.Rule{
			rule("subnet-too-small", "subnet", engine.Error), rule("kubenet-retirement", "kubenet", engine.Warning),
			rule("annotation-not-a-string", "service", engine.Note), rule("udr-conflicts", "outbound", engine.Error),
		},
	}
}

func rule(id, family string, severity engine.Severity) engine.Rule {
	return engine.Rule{
		ID: id, Family: family, Severity: severity, Title: "Title of " + id, Description: "What it checks & <why>.",
		Targets: []string{"Service"}, Remediation: "What to do.", Links: []string{"https://example.com/a?b=c", "https://example.com/d"}, Since: "0.1.0",
	}
}

func plain(s string) string { return s }
