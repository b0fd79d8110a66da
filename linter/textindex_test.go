package linter

import (
	"reflect"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

func TestTextIndex(t *testing.T) {
	text := `metadata: {annotations: {a: " Shop ", b: true}}
spec: {loadBalancerIP: 10.0.0.4}
---
spec: {loadBalancerIP: 10.0.0.4, ports: ["no"]}
---
metadata: {annotations: {a: "${A}"}}
spec: {type: shop}
---
metadata: {annotations: "${A}"}
---
spec: "${A}"
---
metadata: "${A}"
---
metadata: [no]
spec: 7
`
	docs, problems := source.Parse(t.Context(), source.NewFile("a.yaml", []byte(text)), source.YAML, source.DefaultLimits())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var objects []object
	for _, doc := range docs {
		objects = append(objects, object{doc: doc, node: doc.Root, kind: "Service"})
	}
	want := map[string]any{
		"texts":   map[string]any{"shop": []any{0, 2}, "10.0.0.4": []any{0, 1}},
		"unknown": []any{2, 3, 4, 5},
	}
	if got := textIndex(objects); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
