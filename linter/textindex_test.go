package linter

import (
	"reflect"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/engine"
)

func TestTextIndex(t *testing.T) {
	service := func(annotations, spec any) any {
		return map[string]any{"metadata": map[string]any{"annotations": annotations}, "spec": spec}
	}
	unknown := &engine.Unknown{}
	got := textIndex([]any{
		service(map[string]any{"a": " Shop ", "b": true}, map[string]any{"loadBalancerIP": "10.0.0.4"}),
		service(nil, map[string]any{"loadBalancerIP": "10.0.0.4", "ports": []any{"no"}}),
		service(map[string]any{"a": unknown}, map[string]any{"type": "shop"}),
		service(unknown, nil),
		service(nil, unknown),
		map[string]any{"metadata": unknown},
		"no object",
	})
	want := map[string]any{
		"texts":   map[string]any{"shop": []any{0, 2}, "10.0.0.4": []any{0, 1}},
		"unknown": []any{2, 3, 4, 5},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
