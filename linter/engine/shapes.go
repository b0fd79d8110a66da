package engine

import (
	"context"
	"slices"
	"strconv"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/aksnetlint/aksnetlint/linter/engine/internal/abstract"
)

// Most rules find nothing in most resources, and see that by a look at little: the
// type of a Service, the names of its annotations. A shape is a resource in which
// all but that little is masked. A rule that finds nothing in a shape, without a
// look at what is masked, finds nothing in any resource of that shape: what it
// looked at is the same in all of them. It is not asked again.

const (
	// studyAfter is how many resources of a shape all rules judge before the
	// shape is studied, which costs about as much as judging that many.
	studyAfter = 8
	// maxShapes bounds the shapes that are kept of one kind.
	maxShapes = 512
	// maxShapeKey bounds the bytes of a shape that is kept.
	maxShapeKey = 4096
	// shapeDepth is how deep a shape shows what there is.
	shapeDepth = 5
	// shapeItems is how many items a list may have to be shown.
	shapeItems = 4
)

// shapes are those seen of one kind. It is safe for concurrent use.
type shapes struct {
	mu        sync.Mutex
	resources int
	// words are the texts that stand in the rules: they are shown, others masked.
	words map[ast.String]bool
	seen  map[shapeKey]*shape
}

// shapeKey is a shape beside one workspace.
type shapeKey struct {
	workspace *Document
	shown     string
}

// shape is what is known of the resources that look alike.
type shape struct {
	resources int
	// rest has the rules that remain to be asked; nil until the shape is studied.
	rest *view
}

// forShape is the view without the rules that find nothing in any resource that
// looks like this one. Resources of templates differ too much to be worth it.
func (v *view) forShape(ctx context.Context, e *Engine, in Input) *view {
	if len(v.rules) == 0 || v.program.prints || in.Resource == nil || in.Deployment != nil || len(in.Only) > 0 {
		return v
	}
	v.shapes.mu.Lock()
	defer v.shapes.mu.Unlock()
	if v.shapes.resources++; v.shapes.resources < studyAfter {
		return v
	}
	if v.shapes.seen == nil {
		v.shapes.seen, v.shapes.words = map[shapeKey]*shape{}, v.program.words()
	}
	m := mask{words: v.shapes.words}
	m.show(in.Resource.value, 0)
	s := v.shapes.of(shapeKey{in.Workspace, string(m.shown)})
	if s == nil {
		return v
	}
	if s.resources++; s.rest == nil && s.resources >= studyAfter {
		masked := newDocument(m.masked(in.Resource.value, 0), nil)
		s.rest = v.without(v.idle(ctx, e, Input{Resource: masked, Workspace: in.Workspace}))
	}
	if s.rest == nil {
		return v
	}
	return s.rest
}

// of is the shape of a key, a new one where there is room.
func (s *shapes) of(key shapeKey) *shape {
	if found := s.seen[key]; found != nil {
		return found
	}
	if len(s.seen) >= maxShapes || len(key.shown) > maxShapeKey {
		return nil
	}
	s.seen[key] = &shape{}
	return s.seen[key]
}

// idle are the rules that find nothing in an input and look at nothing in it
// that is masked or not known.
func (v *view) idle(ctx context.Context, e *Engine, in Input) []*query {
	interpreter := abstract.New(abstract.Config{Compiler: v.program.compiler, Data: e.data, Input: in.value(false)})
	var idle []*query
	for _, q := range v.rules {
		if isIdle(ctx, e, interpreter, q) {
			idle = append(idle, q)
		}
	}
	return idle
}

// isIdle is unset for whatever the interpreter cannot follow.
func isIdle(ctx context.Context, e *Engine, in *abstract.Interpreter, q *query) (idle bool) {
	defer func() {
		if recover() != nil {
			idle = false
		}
	}()
	limited, stop := context.WithTimeout(ctx, e.opts.RuleTime)
	defer stop()
	members, looked, err := in.Verdict(limited, q.deny)
	return err == nil && len(members) == 0 && len(looked) == 0
}

// without is the view without some of its rules.
func (v *view) without(rules []*query) *view {
	part := &view{program: v.program}
	for _, q := range v.rules {
		if !slices.Contains(rules, q) {
			part.add(q)
		}
	}
	return part
}

// words are the texts that stand in the modules.
func (p *program) words() map[ast.String]bool {
	words := map[ast.String]bool{}
	for _, module := range p.compiler.Modules {
		ast.WalkTerms(module, func(t *ast.Term) bool {
			if s, ok := t.Value.(ast.String); ok {
				words[s] = true
			}
			return false
		})
	}
	return words
}

// mask hides what rules seldom look at.
type mask struct {
	words  map[ast.String]bool
	shown  []byte
	hidden int
}

// shows says whether a value, or that there is a list or an object, is shown:
// names of members are, and texts that stand in the rules.
func (m *mask) shows(v ast.Value, depth int) bool {
	switch v := v.(type) {
	case ast.Null, ast.Boolean:
		return true
	case ast.String:
		return m.words[v]
	case *ast.Array:
		return depth < shapeDepth && v.Len() <= shapeItems
	case ast.Object:
		return depth < shapeDepth
	}
	return false
}

// show adds what is shown of a value. Texts are quoted, so that no two shapes
// look alike.
func (m *mask) show(v ast.Value, depth int) {
	if !m.shows(v, depth) {
		m.shown = append(m.shown, '?')
		return
	}
	switch v := v.(type) {
	case ast.String:
		m.shown = strconv.AppendQuote(m.shown, string(v))
	case *ast.Array:
		m.shown = append(m.shown, '[')
		v.Foreach(func(item *ast.Term) { m.show(item.Value, depth+1) })
		m.shown = append(m.shown, ']')
	case ast.Object:
		m.shown = append(m.shown, '{')
		v.Foreach(func(name, member *ast.Term) {
			m.shown = append(append(m.shown, name.Value.String()...), ':')
			m.show(member.Value, depth+1)
		})
		m.shown = append(m.shown, '}')
	default:
		m.shown = append(m.shown, v.String()...)
	}
}

// masked is the value with an unknown for each part that is not shown.
func (m *mask) masked(v ast.Value, depth int) ast.Value {
	if !m.shows(v, depth) {
		m.hidden++
		// Unknowns of documents are numbered from 1.
		return ast.Var("?0." + strconv.Itoa(m.hidden))
	}
	switch v := v.(type) {
	case *ast.Array:
		items := make([]*ast.Term, 0, v.Len())
		v.Foreach(func(item *ast.Term) { items = append(items, ast.NewTerm(m.masked(item.Value, depth+1))) })
		return ast.NewArray(items...)
	case ast.Object:
		pairs := make([][2]*ast.Term, 0, v.Len())
		v.Foreach(func(name, member *ast.Term) {
			pairs = append(pairs, ast.Item(name, ast.NewTerm(m.masked(member.Value, depth+1))))
		})
		return ast.NewObject(pairs...)
	}
	return v
}
