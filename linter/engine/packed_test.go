package engine

import (
	"bytes"
	"context"
	"reflect"
	"sync"
	"testing"

	"github.com/aksnetlint/aksnetlint/internal/samples"
	"github.com/aksnetlint/aksnetlint/policies"
)

func builtInModules() []Module {
	var list []Module
	for _, m := range policies.Modules() {
		list = append(list, Module{Path: m.Path, Text: m.Text})
	}
	return list
}

func sampleResources() (list []Sample) {
	for _, service := range samples.Services() {
		list = append(list, Sample{Kind: "Service", Resource: service})
	}
	return list
}

var key = PackKey(policies.Sum())

// packed is the pack of the built-in modules, made once.
var packed = sync.OnceValues(func() ([]byte, error) {
	return WritePack(context.Background(), builtInModules(), key, sampleResources())
})

func optionsWith(t testing.TB, usePack bool) Options {
	t.Helper()
	options := Options{Modules: builtInModules(), Schemas: policies.Schemas(), Settings: map[string]any{"as_of": "2026-01-01"}}
	if usePack {
		data, err := packed()
		if err != nil {
			t.Fatal(err)
		}
		if options.Pack, err = OpenPack(string(data)); err != nil {
			t.Fatal(err)
		}
	}
	return options
}

func TestPackIsUsed(t *testing.T) {
	e := mustNew(t, optionsWith(t, true))
	if e.pack == nil {
		t.Fatal("the pack is not used")
	}
	if e.unpacked(e.modules) == nil {
		t.Error("the pack cannot be opened")
	}
	if again, err := WritePack(context.Background(), builtInModules(), key, sampleResources()); err != nil || !bytes.Equal(again, must(packed())) {
		t.Errorf("the same modules make another pack (%v)", err)
	}
	plain := mustNew(t, optionsWith(t, false))
	if !reflect.DeepEqual(e.Rules(), plain.Rules()) {
		t.Error("the rules of the pack are not those of the modules")
	}
}

func must(data []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return data
}

// A pack that does not fit is refused.
func TestPackThatDoesNotFit(t *testing.T) {
	good := string(must(packed()))
	for name, bad := range map[string]string{
		"empty":   "",
		"text":    "no pack",
		"cut":     good[:len(good)/2],
		"changed": good[:len(good)/2] + "\x00\xff\x00" + good[len(good)/2+3:],
	} {
		if _, err := OpenPack(bad); err == nil {
			t.Errorf("%s: a corrupt pack is opened", name)
		}
	}
	p, err := OpenPack(good)
	if err != nil || p.Key() != key || p.Key() == PackKey("other") {
		t.Errorf("key %q, error %v", p.Key(), err)
	}
	options := optionsWith(t, true)
	options.Modules = options.Modules[1:]
	if e := mustNew(t, options); e.pack != nil {
		t.Error("the pack of other modules is used")
	}
}

func BenchmarkStart(b *testing.B) {
	data := string(must(packed()))
	for _, name := range []string{"text", "pack"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				options := optionsWith(b, false)
				if name == "pack" {
					var err error
					if options.Pack, err = OpenPack(data); err != nil {
						b.Fatal(err)
					}
				}
				e := mustNew(b, options)
				if err := e.Compile(context.Background(), "Service"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
