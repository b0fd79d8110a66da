package pack

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

const text = `package p

default d := 1

d := 2 if {
	some x in input.list
	x.a == "b"
	every y in input.other { y > 1.5 }
	not f(x) with input.z as {"k": [null, true, {1, 2}]}
} else := 3 if input.q

f(x) := [a | some a in x] if true

deny contains {"m": {k: v | some k, v in input}} if {
	s := {b | some b in input.c}
	count(s) > 2
}

named[x] := y if some x, y in input.n

named.own := 1

groups[k] := v if {
	some k in input.keys
	v := [x | some x in input.list; x.key == k]
}
`

func encoded(t testing.TB, key string) (*ast.Compiler, string) {
	t.Helper()
	c := ast.NewCompiler()
	c.Compile(map[string]*ast.Module{"p.rego": ast.MustParseModuleWithOpts(text, ast.ParserOptions{RegoVersion: ast.RegoV1})})
	if c.Failed() {
		t.Fatal(c.Errors)
	}
	out, err := Encode(key, []Module{{Path: "p.rego", Words: []string{"a", "b"}, Package: c.Modules["p.rego"].Package}}, c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c, string(out)
}

func TestRoundTrip(t *testing.T) {
	c, out := encoded(t, "key")
	p, err := Open(out)
	if err != nil {
		t.Fatal(err)
	}
	if p.Key() != "key" {
		t.Errorf("key %q", p.Key())
	}
	if m := p.Modules()[0]; m.Path != "p.rego" || !slices.Equal(m.Words, []string{"a", "b"}) || !m.Package.Equal(c.Modules["p.rego"].Package) {
		t.Errorf("module %v", m)
	}
	packed, err := p.Compiler(c.Capabilities(), func(int) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	nodes := 0
	c.RuleTree.DepthFirst(func(want *ast.TreeNode) bool {
		if len(want.Values) == 0 {
			return false
		}
		nodes++
		got := packed.RuleTree.Find(want.Values[0].Ref().GroundPrefix())
		if got == nil || len(got.Values) == 0 {
			t.Errorf("no node for %v", want.Values[0].Ref())
			return false
		}
		sameRules(t, RulesAt(got), want.Values)
		return false
	})
	comprehensions := 0
	for _, r := range RulesAt(packed.RuleTree.Find(ast.MustParseRef("data.p.groups"))) {
		ast.WalkTerms(r, func(t *ast.Term) bool {
			if packed.ComprehensionIndex(t) != nil {
				comprehensions++
			}
			return false
		})
	}
	if comprehensions != 1 {
		t.Errorf("%d comprehensions have an index, want 1", comprehensions)
	}
	if nodes != 6 {
		t.Errorf("%d nodes were compared, want 6", nodes)
	}
}

// withLocals renders a rule with its local variables numbered as they appear.
func withLocals(r *ast.Rule) string {
	seen := map[string]string{}
	return regexp.MustCompile(`__local\d+__`).ReplaceAllStringFunc(r.String(), func(name string) string {
		if seen[name] == "" {
			seen[name] = fmt.Sprint("local", len(seen))
		}
		return seen[name]
	})
}

func sameRules(t *testing.T, got, want []*ast.Rule) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for i, r := range got {
		if withLocals(r) != withLocals(want[i]) || r.Location.Row != want[i].Location.Row || !r.Module.Package.Equal(want[i].Module.Package) {
			t.Errorf("got  %v\nwant %v", r, want[i])
		}
	}
}

// FuzzRead holds that no bytes make the reader panic.
func FuzzRead(f *testing.F) {
	_, out := encoded(f, "")
	f.Add(out[len(magic)+4:])
	f.Fuzz(func(t *testing.T, payload string) {
		p, err := read(payload)
		if err != nil {
			return
		}
		p.tree.DepthFirst(func(n *ast.TreeNode) bool {
			if packed, ok := n.Index.(*rules); ok {
				if _, _, err := p.decode(packed.blob); err != nil && !errors.Is(err, ErrCorrupt) {
					t.Errorf("want ErrCorrupt, have %v", err)
				}
			}
			return false
		})
	})
}
