package pack

import (
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
`

func compiled(t testing.TB) *ast.Module {
	t.Helper()
	c := ast.NewCompiler()
	c.Compile(map[string]*ast.Module{"p.rego": ast.MustParseModuleWithOpts(text, ast.ParserOptions{RegoVersion: ast.RegoV1})})
	if c.Failed() {
		t.Fatal(c.Errors)
	}
	return c.Modules["p.rego"]
}

func TestRoundTrip(t *testing.T) {
	m := compiled(t)
	out, err := Encode("key", []Module{{Path: "p.rego", Words: []string{"a", "b"}, AST: m}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(string(out), "other"); err == nil {
		t.Error("another key opens the pack")
	}
	p, err := Open(string(out), "key")
	if err != nil {
		t.Fatal(err)
	}
	got, err := p.Module(0)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Rules) != len(m.Rules) || !got.Package.Equal(m.Package) {
		t.Fatalf("got %v, want %v", got, m)
	}
	for i, r := range got.Rules {
		if !r.Equal(m.Rules[i]) || r.Location.Row != m.Rules[i].Location.Row || r.Module != got {
			t.Errorf("got  %v\nwant %v", r, m.Rules[i])
		}
	}
}

// FuzzRead holds that no bytes make the reader panic.
func FuzzRead(f *testing.F) {
	out, err := Encode("", []Module{{Path: "p.rego", Words: []string{"a"}, AST: compiled(f)}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(out[len(magic)+4:]))
	f.Fuzz(func(t *testing.T, payload string) {
		p, err := read(payload, "")
		if err != nil {
			return
		}
		for i := range p.Entries() {
			_, _ = p.Module(i)
		}
	})
}
