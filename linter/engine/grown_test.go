package engine

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/aksnetlint/aksnetlint/internal/samples"
)

// TestGrown holds what a pack tells of common Services: few rules are left to be asked
// of one that the run sees first.
func TestGrown(t *testing.T) {
	ctx, e := context.Background(), mustNew(t, optionsWith(t, true))
	v, err := e.viewOf(ctx, "Service")
	if err != nil {
		t.Fatal(err)
	}
	if v.grown == nil {
		t.Fatal("the pack tells nothing of Services")
	}
	workspace := mustPrepare(t, map[string]any{})
	for _, service := range samples.Services() {
		list := v.ends(Input{Resource: mustPrepare(t, service), Workspace: workspace})
		var all ruleSet
		for _, end := range list {
			if _, twice := all.minus(end.rules); twice != (ruleSet{}) {
				t.Fatalf("rules %v are left at two nodes for %v", twice.indices(), service)
			}
			all.addAll(end.rules)
		}
		if n := len(all.indices()); n > 25 {
			t.Errorf("%d of %d rules are left for %v", n, len(v.rules), service)
		}
	}
}

// TestGrownBroken changes bytes of a tree: what is read of it may be wrong, but is read
// without a crash.
func TestGrownBroken(t *testing.T) {
	ctx, e := context.Background(), mustNew(t, optionsWith(t, true))
	v, err := e.viewOf(ctx, "Service")
	if err != nil {
		t.Fatal(err)
	}
	all := samples.Services()
	workspace := mustPrepare(t, map[string]any{})
	r := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		tree := []byte(v.grown.root.text.in)
		for range 1 + r.IntN(40) {
			tree[r.IntN(min(len(tree), 4000))] = byte(r.IntN(256))
		}
		broken := &view{rules: v.rules, grown: &grown{root: &grownNode{text: notes{in: string(tree[:r.IntN(len(tree))])}}, rules: v.grown.rules}}
		in := Input{Resource: mustPrepare(t, all[r.IntN(len(all))]), Workspace: workspace}
		for _, end := range broken.ends(in) {
			for _, i := range end.rules.indices() {
				if i >= len(v.rules) {
					t.Fatalf("rule %d of %d", i, len(v.rules))
				}
			}
		}
	}
}

// BenchmarkFirstService judges the first Service of a run, by a pack that tells of
// common ones and by one that does not.
func BenchmarkFirstService(b *testing.B) {
	for _, bench := range []struct {
		name    string
		samples []Sample
	}{{"grown", sampleResources()}, {"bare", nil}} {
		b.Run(bench.name, func(b *testing.B) {
			ctx := context.Background()
			data, err := WritePack(ctx, builtInModules(), key, bench.samples)
			if err != nil {
				b.Fatal(err)
			}
			in := Input{Kind: "Service", Resource: mustPrepare(b, samples.Services()[300]), Workspace: mustPrepare(b, map[string]any{})}
			b.ReportAllocs()
			for b.Loop() {
				options := optionsWith(b, false)
				if options.Pack, err = OpenPack(string(data)); err != nil {
					b.Fatal(err)
				}
				if _, err := mustNew(b, options).Eval(ctx, in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
