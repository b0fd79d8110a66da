package engine

import (
	"slices"
	"strconv"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/aksnetlint/aksnetlint/linter/engine/internal/abstract"
)

const (
	// maxShownNames bounds the names of an object, maxShownItems the items of a list, of
	// which a shape shows that they are there.
	maxShownNames, maxShownItems = 40, 6
	// maxShownText bounds the texts that a shape shows, in bytes.
	maxShownText = 48
)

// mask hides all of a resource but the parts that are shown.
type mask struct {
	shown [][]any
	// hidden are the paths of what was masked, kinds the types of it.
	hidden map[ast.Var][]any
	kinds  map[ast.Var]string
}

// value is the value at the path with an unknown for each part that is not shown, of
// which the type is known: what is around it has shown it.
func (m *mask) value(v ast.Value, path []any) ast.Value {
	if v.Compare(ast.NullValue) != 0 && (!m.isShown(path) || !isOpen(v)) {
		// Unknowns of documents are numbered from 1.
		name := ast.Var("?0." + strconv.Itoa(len(m.hidden)))
		m.hidden[name] = path
		if _, unknown := v.(ast.Var); !unknown {
			m.kinds[name] = typeOf(v)
		}
		return name
	}
	switch v := v.(type) {
	case *ast.Array:
		items := make([]*ast.Term, v.Len())
		for i := range items {
			items[i] = ast.NewTerm(m.value(v.Elem(i).Value, append(slices.Clip(path), i)))
		}
		return ast.NewArray(items...)
	case ast.Object:
		pairs := make([][2]*ast.Term, 0, v.Len())
		v.Foreach(func(name, member *ast.Term) {
			text, _ := name.Value.(ast.String)
			pairs = append(pairs, ast.Item(name, ast.NewTerm(m.value(member.Value, append(slices.Clip(path), string(text))))))
		})
		return ast.NewObject(pairs...)
	}
	return v
}

func (m *mask) isShown(path []any) bool {
	return slices.ContainsFunc(m.shown, func(p []any) bool { return slices.Equal(p, path) })
}

// isOpen says whether a part tells all there is to it when it is shown: a number, a
// short text, the names and types of an object's members, the
// types of a list's items.
func isOpen(v ast.Value) bool {
	switch v := v.(type) {
	case ast.Null, ast.Boolean, ast.Number:
		return true
	case ast.String:
		return len(v) <= maxShownText
	case *ast.Array:
		return v.Len() <= maxShownItems
	case ast.Object:
		return v.Len() <= maxShownNames
	}
	return false
}

// appendLooks adds what some parts of a resource tell.
func appendLooks(to []byte, resource ast.Value, paths [][]any) []byte {
	for _, path := range paths {
		to = append(appendLook(to, partAt(resource, path)), '|')
	}
	return to
}

// appendLook adds what a part tells, nothing for one that is not open. Texts are
// quoted, so that they look like nothing else.
func appendLook(to []byte, v ast.Value) []byte {
	if v == nil || !isOpen(v) {
		return append(to, '?')
	}
	switch v := v.(type) {
	case ast.String:
		return strconv.AppendQuote(to, string(v))
	case *ast.Array:
		to = append(to, '[')
		v.Foreach(func(item *ast.Term) { to = append(append(to, typeOf(item.Value)...), ',') })
		return to
	case ast.Object:
		to = append(to, '{')
		v.Foreach(func(name, member *ast.Term) {
			text, _ := name.Value.(ast.String)
			to = strconv.AppendQuote(to, string(text))
			to = append(append(to, typeOf(member.Value)...), ',')
		})
		return to
	}
	return append(to, v.String()...)
}

// typeOf is what the surroundings of a value show of it: its type, of an object
// whether all members are texts, as labels and annotations are, and of a number whether
// it is that of a port.
func typeOf(v ast.Value) string {
	if number, ok := v.(ast.Number); ok {
		if n, whole := number.Int(); whole && n >= abstract.MinPort && n <= abstract.MaxPort {
			return abstract.PortNumber
		}
	}
	object, ok := v.(ast.Object)
	if !ok {
		return ast.ValueName(v)
	}
	all := true
	object.Foreach(func(_, member *ast.Term) {
		_, text := member.Value.(ast.String)
		all = all && text
	})
	if all {
		return abstract.ObjectOfTexts
	}
	return ast.ValueName(v)
}

// partAt is what stands at a path, nil for nothing.
func partAt(v ast.Value, path []any) ast.Value {
	for _, step := range path {
		var term *ast.Term
		switch v := v.(type) {
		case ast.Object:
			if name, ok := step.(string); ok {
				term = v.Get(ast.StringTerm(name))
			}
		case *ast.Array:
			if i, ok := step.(int); ok && i < v.Len() {
				term = v.Elem(i)
			}
		}
		if term == nil {
			return nil
		}
		v = term.Value
	}
	return v
}

func pathKey(path []any) string {
	var key []byte
	for _, step := range path {
		switch step := step.(type) {
		case string:
			key = strconv.AppendQuote(key, step)
		case int:
			key = strconv.AppendInt(key, int64(step), 10)
		}
		key = append(key, '/')
	}
	return string(key)
}
