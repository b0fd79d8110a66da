package engine

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Document is a part of an input, converted once for any number of
// evaluations.
type Document struct {
	// value holds a variable for each unknown.
	value    ast.Value
	unknowns map[ast.Var]*Unknown
	// plain is value with null for each unknown, for rules that read none. Few
	// documents with unknowns meet such a rule.
	plain func() ast.Value
	// whole is the document that this one is a part of and has the unknowns of;
	// nil for one that stands by itself.
	whole *Document
	// withheld is set where parts were withheld.
	withheld bool
}

// maxDepth bounds the nesting of a document.
const maxDepth = 256

// lastUnknown numbers the unknowns of the process.
var lastUnknown atomic.Uint64

// Prepare converts plain JSON (maps, slices, strings, bools, nil, json.Number, ints,
// floats), with an *Unknown wherever a value is not known and a Value wherever one
// was converted before. The error says
// what could not be converted.
func Prepare(v any) (*Document, error) {
	c := converter{}
	value, err := c.convert(v, 0)
	if err != nil {
		return nil, fmt.Errorf("preparing an input: %w", err)
	}
	d := newDocument(value, c.unknowns)
	d.withheld = c.withheld
	return d, nil
}

func newDocument(v ast.Value, unknowns map[ast.Var]*Unknown) *Document {
	return &Document{value: v, unknowns: unknowns, plain: sync.OnceValue(func() ast.Value { return withNulls(v) })}
}

// Part is what stands at a path of names in the document; nil where there is
// nothing, or nothing that is known. It is converted no second time.
func (d *Document) Part(path ...string) *Document {
	v := d.value
	for _, name := range path {
		object, ok := v.(ast.Object)
		if !ok {
			return nil
		}
		term := object.Get(ast.StringTerm(name))
		if term == nil {
			return nil
		}
		v = term.Value
	}
	if _, unknown := v.(ast.Var); unknown {
		return nil
	}
	if v.IsGround() {
		return newDocument(v, nil)
	}
	// Its unknowns are among these.
	part := newDocument(v, d.unknowns)
	part.whole, part.withheld = d, d.withheld
	return part
}

// withNulls is a value with null for each unknown.
func withNulls(v ast.Value) ast.Value {
	switch v := v.(type) {
	case ast.Var:
		return ast.NullValue
	case *ast.Array:
		if v.IsGround() {
			return v
		}
		items := make([]*ast.Term, 0, v.Len())
		v.Foreach(func(item *ast.Term) { items = append(items, ast.NewTerm(withNulls(item.Value))) })
		return ast.NewArray(items...)
	case ast.Object:
		if v.IsGround() {
			return v
		}
		pairs := make([][2]*ast.Term, 0, v.Len())
		v.Foreach(func(name, member *ast.Term) {
			pairs = append(pairs, ast.Item(name, ast.NewTerm(withNulls(member.Value))))
		})
		return ast.NewObject(pairs...)
	}
	return v
}

// plainValue converts JSON without unknowns.
func plainValue(v any) (ast.Value, error) {
	c := converter{asNull: true}
	return c.convert(v, 0)
}

type converter struct {
	asNull   bool
	unknowns map[ast.Var]*Unknown
	withheld bool
}

func (c *converter) convert(v any, depth int) (ast.Value, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("nested deeper than %d levels", maxDepth)
	}
	switch v := v.(type) {
	case nil:
		return ast.NullValue, nil
	case bool:
		return ast.InternedTerm(v).Value, nil
	case string:
		return ast.String(v), nil
	case json.Number:
		return ast.Number(v), nil
	case int:
		return ast.Number(strconv.Itoa(v)), nil
	case int64:
		return ast.Number(strconv.FormatInt(v, 10)), nil
	case float64:
		return ast.Number(strconv.FormatFloat(v, 'g', -1, 64)), nil
	case *Unknown:
		return c.unknown(v), nil
	case Value:
		return c.converted(v), nil
	case []any:
		terms := make([]*ast.Term, len(v))
		for i, item := range v {
			value, err := c.convert(item, depth+1)
			if err != nil {
				return nil, err
			}
			terms[i] = ast.NewTerm(value)
		}
		return ast.NewArray(terms...), nil
	case []string:
		terms := make([]*ast.Term, len(v))
		for i, item := range v {
			terms[i] = ast.StringTerm(item)
		}
		return ast.NewArray(terms...), nil
	case map[string]any:
		return c.object(v, depth)
	}
	return nil, fmt.Errorf("a value of type %T is no JSON", v)
}

func (c *converter) object(m map[string]any, depth int) (ast.Value, error) {
	// Sorted, so that unknowns are numbered alike in every run.
	pairs := make([][2]*ast.Term, 0, len(m))
	for _, key := range slices.Sorted(maps.Keys(m)) {
		value, err := c.convert(m[key], depth+1)
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, ast.Item(ast.StringTerm(key), ast.NewTerm(value)))
	}
	return ast.NewObject(pairs...), nil
}

func (c *converter) converted(v Value) ast.Value {
	if c.asNull {
		return withNulls(v.orNull())
	}
	for _, u := range v.unknowns {
		c.unknown(u)
	}
	c.withheld = c.withheld || v.withheld
	return v.orNull()
}

func (c *converter) unknown(u *Unknown) ast.Value {
	if c.asNull || u == nil {
		return ast.NullValue
	}
	name := u.variable()
	if c.unknowns == nil {
		c.unknowns = map[ast.Var]*Unknown{}
	}
	c.unknowns[name] = u
	return name
}
