package engine

import (
	"context"
	"encoding/binary"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// A pack holds, beside the rules, what was learned when it was made: for some kinds a
// tree of shapes that says which rules find nothing whatever the workspace and the
// settings are. A run that judges one Service does not learn, and need not even
// decode most rules.
//
// The notes of a pack are, one kind after the other: its name, the ids of its rules
// and the root of its tree. A node is the list of rules that are undecided in it, by
// their index, and its branches: the rules, the paths to the parts that are looked at
// and the children, each a look, a length in bytes and a node. Numbers are varints,
// lists and texts have their length before them.

// Sample is a resource of a kind, in plain JSON, as many are.
type Sample struct {
	Kind     string
	Resource map[string]any
}

// forests learns the trees of the kinds of the samples.
func (e *Engine) forests(ctx context.Context, samples []Sample) ([]byte, error) {
	trees := map[string]*shapes{}
	hidden := func(name string) ast.Value { return ast.Var("?0." + name) }
	data := ast.NewObject(ast.Item(ast.StringTerm("params"), ast.NewTerm(hidden("params"))), ast.Item(ast.StringTerm("settings"), ast.NewTerm(hidden("settings"))))
	workspace := newDocument(hidden("workspace"), nil)
	for _, sample := range samples {
		kind := strings.ToLower(sample.Kind)
		v, err := e.viewOf(ctx, kind)
		if err != nil {
			return nil, err
		}
		if len(v.rules) == 0 || len(v.rules) > maxSetRules {
			continue
		}
		resource, err := Prepare(sample.Resource)
		if err != nil {
			return nil, err
		}
		if trees[kind] == nil {
			trees[kind] = &shapes{boundless: true}
		}
		tree := trees[kind]
		tree.mu.Lock()
		st := study{engine: e, view: v, input: Input{Resource: resource, Workspace: workspace}, data: data}
		tree.walk(ctx, st, tree.root(nil, end{}), v.everyRule(), &known{})
		tree.mu.Unlock()
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	var out []byte
	for _, kind := range slices.Sorted(maps.Keys(trees)) {
		v, err := e.viewOf(ctx, kind)
		if err != nil {
			return nil, err
		}
		out = appendText(out, kind)
		out = binary.AppendUvarint(out, uint64(len(v.rules)))
		for _, q := range v.rules {
			out = appendText(out, q.rule.ID)
		}
		out = appendText(out, string(appendShape(nil, trees[kind].root(nil, end{}))))
	}
	return out, nil
}

func appendText(to []byte, s string) []byte {
	return append(binary.AppendUvarint(to, uint64(len(s))), s...)
}

func appendRules(to []byte, rules ruleSet) []byte {
	list := rules.indices()
	to = binary.AppendUvarint(to, uint64(len(list)))
	for _, i := range list {
		to = binary.AppendUvarint(to, uint64(i))
	}
	return to
}

func appendPath(to []byte, path []any) []byte {
	to = binary.AppendUvarint(to, uint64(len(path)))
	for _, step := range path {
		switch step := step.(type) {
		case string:
			to = appendText(to, step)
		case int: // no name of a member is a NUL and a number
			to = appendText(to, string(binary.AppendUvarint([]byte{0}, uint64(step))))
		}
	}
	return to
}

func appendShape(to []byte, at *shape) []byte {
	undecided := at.asked
	for _, rule := range at.fixed {
		undecided.add(rule.index)
	}
	to = appendRules(to, undecided)
	to = binary.AppendUvarint(to, uint64(len(at.branches)))
	for _, b := range at.branches {
		to = appendRules(to, b.rules)
		to = binary.AppendUvarint(to, uint64(len(b.next)))
		for _, path := range b.next {
			to = appendPath(to, path)
		}
		to = binary.AppendUvarint(to, uint64(len(b.children)))
		for _, look := range slices.Sorted(maps.Keys(b.children)) {
			to = appendText(to, look)
			to = appendText(to, string(appendShape(nil, b.children[look])))
		}
	}
	return to
}
