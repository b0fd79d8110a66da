package engine

import (
	"context"
	"testing"
	"time"
)

// A rule that runs away is given up after a few resources, each of which says
// so, and the rules beside it judge all of them.
func TestSlowRule(t *testing.T) {
	const head = "# METADATA\n# title: t\n# description: d\n# related_resources:\n#   - ref: https://example.com\n# custom:\n#   severity: error\n#   targets: [Service]\n#   remediation: r\npackage aksnetlint.rules"
	e, err := New(context.Background(), Options{RuleTime: 200 * time.Millisecond, Modules: []Module{
		{Path: "runaway.rego", Custom: true, Text: []byte(head + `["runaway"]

deny contains {"path": [], "message": "m"} if {
	some a in numbers.range(1, 3000)
	some b in numbers.range(1, 3000)
	a * b == 0.5
	input.resource.kind
}
`)},
		{Path: "quick.rego", Custom: true, Text: []byte(head + "[\"quick\"]\n\ndeny contains {\"path\": [], \"message\": \"m\"} if input.resource.kind\n")},
	}})
	if err != nil {
		t.Fatal(err)
	}
	resource, err := Prepare(map[string]any{"kind": "Service"})
	if err != nil {
		t.Fatal(err)
	}
	var first Failure
	for i := range 2 * maxSlow {
		res, err := e.Eval(context.Background(), Input{Kind: "Service", Resource: resource})
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Hits) != 1 || res.Hits[0].Rule != "quick" {
			t.Fatalf("resource %d: hits %+v", i, res.Hits)
		}
		if len(res.Failures) != 1 || res.Failures[0].Rule != "runaway" || i > 0 && res.Failures[0] != first {
			t.Fatalf("resource %d: failures %+v, first %+v", i, res.Failures, first)
		}
		first = res.Failures[0]
	}
	if n := e.slow.of("runaway"); n != maxSlow {
		t.Errorf("evaluated %d times, want %d", n, maxSlow)
	}
}
