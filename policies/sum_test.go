package policies

import (
	"testing"
	"testing/fstest"
)

// Whatever changes a module changes the digest.
func TestSum(t *testing.T) {
	tree := func(files ...string) string {
		fsys := fstest.MapFS{}
		for i := 0; i < len(files); i += 2 {
			fsys[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
		}
		return sumOf(fsys, pathsIn(fsys))
	}
	first := tree("a/a.rego", "package a", "a/b.rego", "package b")
	for name, other := range map[string]string{
		"text":  tree("a/a.rego", "package a", "a/b.rego", "package c"),
		"name":  tree("a/a.rego", "package a", "a/c.rego", "package b"),
		"moved": tree("a/a.rego", "package apackage", "a/b.rego", " b"),
		"fewer": tree("a/a.rego", "package a"),
	} {
		if other == first {
			t.Errorf("%s: the digest is the same", name)
		}
	}
	if same := tree("a/a.rego", "package a", "a/b.rego", "package b", "a/b_test.rego", "x", "schema/s.json", "{}"); same != first {
		t.Error("a file that is no module changes the digest")
	}
}
