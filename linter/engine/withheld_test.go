package engine_test

import (
	"context"
	"errors"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// A rule that looks at nothing that is withheld is judged; one that looks, or an input
// in which all else is known, needs the whole input.
func TestWithheld(t *testing.T) {
	const head = `# METADATA
# title: Looks
# description: It looks.
# related_resources:
#   - https://example.com/
# custom:
#   severity: warning
#   targets: [Microsoft.Test/things]
#   remediation: None.
#   since: 0.1.0
#   catalogue: 1
package aksnetlint.rules["looks"]

`
	const skips = head + `deny contains {"path": [], "message": "found"} if {
	count(input.deployment.resources) == 2
	input.deployment.resources.b.type == "b"
	input.resource.open
}
`
	const looks = head + `deny contains {"path": [], "message": "found"} if input.deployment.resources.b.properties.size > 1
`
	const shows = head + `deny contains {"path": [], "message": "found", "evidence": [sprintf("%v", [input.deployment.resources.b])]} if input.resource.type
`
	unknown := &engine.Unknown{Source: "open"}
	for _, c := range []struct {
		name, rule string
		open       any
		needed     bool
	}{
		{"not looked at", skips, unknown, false},
		{"compared", looks, unknown, true},
		{"shown", shows, unknown, true},
		{"all else known", skips, true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, err := engine.New(context.Background(), engine.Options{Modules: []engine.Module{{Path: "looks.rego", Text: []byte(c.rule)}}})
			if err != nil {
				t.Fatal(err)
			}
			judge := func(properties any) (engine.Result, error) {
				deployment, err := engine.Prepare(map[string]any{"resources": map[string]any{
					"a": map[string]any{"type": "Microsoft.Test/things", "open": c.open},
					"b": map[string]any{"type": "b", "properties": properties},
				}})
				if err != nil {
					t.Fatal(err)
				}
				return e.Eval(context.Background(), engine.Input{Kind: "Microsoft.Test/things", Resource: deployment.Part("resources", "a"), Deployment: deployment})
			}
			whole, err := judge(map[string]any{"size": 2})
			if err != nil {
				t.Fatal(err)
			}
			if len(whole.Hits)+len(whole.Undecided) != 1 || len(whole.Failures) > 0 {
				t.Fatalf("the whole input: %+v", whole)
			}
			part, err := judge(engine.WithheldObject(1))
			if errors.Is(err, engine.ErrWithheld) != c.needed {
				t.Fatalf("error %v, needed %v", err, c.needed)
			}
			if !c.needed && (len(part.Hits) != len(whole.Hits) || len(part.Undecided) != len(whole.Undecided)) {
				t.Errorf("got %+v, want %+v", part, whole)
			}
		})
	}
}
