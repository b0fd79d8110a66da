package engine

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

// valueOf is plain JSON with numbers as literals, converted as manifests are.
func valueOf(v any) Value {
	switch v := v.(type) {
	case bool:
		return BoolValue(v)
	case literal:
		return NumberValue(string(v))
	case string:
		return TextValue(v)
	case []any:
		var items []Value
		for _, item := range v {
			items = append(items, valueOf(item))
		}
		return ListValue(items)
	case map[string]any:
		var fields []Field
		for name, member := range v {
			fields = append(fields, Field{name, valueOf(member)})
		}
		return ObjectValue(fields)
	}
	return Value{}
}

// literal is a number as it is written.
type literal string

// TestInternedValues converts values that differ by little, many times over and
// more than are kept: each must stay what it is to the letter.
func TestInternedValues(t *testing.T) {
	long := strings.Repeat("x", maxInternedText+1)
	wide := map[string]any{}
	for i := range maxInternedSize + 1 {
		wide[fmt.Sprint(i)] = true
	}
	values := []any{
		nil, true, false, "", "true", "1", literal("1"), literal("1.0"), literal("10"), literal("1e1"), long, literal("1" + strings.Repeat("0", maxInternedText)),
		[]any{}, []any{nil}, []any{""}, []any{"1"}, []any{literal("1")}, []any{literal("1.0")}, []any{[]any{}}, []any{long},
		map[string]any{}, map[string]any{"a": nil}, map[string]any{"a": literal("1")}, map[string]any{"a": literal("1.0")}, map[string]any{"b": literal("1")},
		map[string]any{"a": map[string]any{"b": []any{literal("80"), "TCP"}}}, map[string]any{"a": map[string]any{"b": []any{literal("80.0"), "TCP"}}},
		map[string]any{long: "a"}, wide,
	}
	for i := range maxInterned + 100 {
		values = append(values, []any{literal(fmt.Sprint(i)), fmt.Sprint(i)})
	}
	before := interned
	defer func() { interned = before }()
	for _, limit := range []int{0, 10, maxInterned} {
		interned = newInternTable(limit)
		for range 2 {
			for _, v := range values {
				if got, want := valueOf(v).orNull().String(), written(v); got != want {
					t.Fatalf("got %s, want %s", got, want)
				}
			}
		}
	}
}

// written is how OPA writes a value.
func written(v any) string {
	switch v := v.(type) {
	case literal:
		return string(v)
	case []any:
		var items []string
		for _, item := range v {
			items = append(items, written(item))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case map[string]any:
		pairs := ast.NewObject()
		for name, member := range v {
			pairs.Insert(ast.StringTerm(name), ast.VarTerm(written(member)))
		}
		return pairs.String()
	}
	return ast.MustInterfaceToValue(v).String()
}

// TestUnknownsAreNotInterned converts a list with a value that is not known twice.
func TestUnknownsAreNotInterned(t *testing.T) {
	first, second := &Unknown{}, &Unknown{}
	for _, u := range []*Unknown{first, second} {
		if v := ListValue([]Value{TextValue("a"), UnknownValue(u)}); v.interned || !reflect.DeepEqual(v.unknowns, []*Unknown{u}) {
			t.Errorf("%v is interned or holds %v", v.value, v.unknowns)
		}
	}
}

// BenchmarkHeldValues holds 1,000 Services as rules see them, with and without what
// they have in common held once, and tells the bytes of each in use.
func BenchmarkHeldValues(b *testing.B) {
	for _, c := range []struct {
		name  string
		limit int
	}{{"once", maxInterned}, {"apart", 0}} {
		b.Run(c.name, func(b *testing.B) {
			before := interned
			defer func() { interned = before }()
			interned = newInternTable(c.limit)
			b.ReportAllocs()
			held := make([]Value, 1000)
			start := heldBytes()
			for b.Loop() {
				for i := range held {
					held[i] = valueOf(map[string]any{
						"apiVersion": "v1", "kind": "Service", "metadata": map[string]any{"name": fmt.Sprint("service-", i), "namespace": "shop"},
						"spec": map[string]any{"type": "LoadBalancer", "ports": []any{map[string]any{"name": "http", "protocol": "TCP", "port": literal("80"), "targetPort": literal("8080")}}},
					})
				}
			}
			b.ReportMetric(float64(heldBytes()-start)/float64(len(held)), "held-B/value")
			runtime.KeepAlive(held)
		})
	}
}

func heldBytes() uint64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
