package engine

import (
	"context"
	"testing"

	"github.com/aksnetlint/aksnetlint/policies"
)

func builtInOptions(packed string) Options {
	options := Options{Pack: packed, Schemas: policies.Schemas(), Settings: map[string]any{"as_of": "2026-01-01"}}
	for _, m := range policies.Modules() {
		options.Modules = append(options.Modules, Module{Path: m.Path, Text: m.Text})
	}
	return options
}

// The pack in the tree was made of the modules in the tree.
func TestPackIsFresh(t *testing.T) {
	options := builtInOptions(policies.Pack())
	fresh, err := Pack(context.Background(), options.Modules)
	if err != nil {
		t.Fatal(err)
	}
	if string(fresh) != policies.Pack() {
		t.Error("policies/pack.bin is stale: run go generate ./policies")
	}
	e := mustNew(t, options)
	if e.pack == nil {
		t.Fatal("the pack is not used")
	}
	if e.unpack(e.modules) == nil {
		t.Error("the pack does not compile")
	}
}

// A pack that does not fit is passed over.
func TestPackThatDoesNotFit(t *testing.T) {
	good := policies.Pack()
	for name, bad := range map[string]string{
		"text":    "no pack",
		"cut":     good[:len(good)/2],
		"changed": good[:len(good)/2] + "\x00\xff\x00" + good[len(good)/2+3:],
	} {
		if e := mustNew(t, builtInOptions(bad)); e.pack != nil {
			t.Errorf("%s: a corrupt pack is used", name)
		}
	}
	options := builtInOptions(good)
	options.Modules[0].Text = append([]byte("# changed\n"), options.Modules[0].Text...)
	if e := mustNew(t, options); e.pack != nil {
		t.Error("the pack of other modules is used")
	}
}

func BenchmarkStart(b *testing.B) {
	for _, c := range []struct{ name, packed string }{{"text", ""}, {"pack", policies.Pack()}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				e := mustNew(b, builtInOptions(c.packed))
				if err := e.Compile(context.Background(), "Service"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
