package engine

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/aksnetlint/aksnetlint/linter/engine/internal/abstract"
)

// Most rules find nothing in most resources, and see that by a look at little: the
// type of a Service, the names of its annotations. A shape is a resource in which
// all is masked but what rules look at. A rule that finds nothing in a shape,
// without a look at what is masked, finds nothing in any resource of that shape:
// what it looked at is the same in all of them. It is not asked again.
//
// The shapes of a kind are a tree. At its root all is masked; each node shows one
// more part of the resource, one that the rules which remain do look at.

const (
	// studyAfter is how many resources come to a node before it is studied: to study a
	// node costs no more than to judge a resource.
	studyAfter = 2
	// maxShapes bounds the nodes of one kind, maxTrees the workspaces that it has
	// trees for: each run has workspaces of its own.
	maxShapes, maxTrees = 4096, 32
	// maxIdleSteps is how many parts are shown in vain, without a rule that is idle
	// for it, before a branch of the tree ends.
	maxIdleSteps = 6
	// maxShownNames bounds the names of an object, and the items of a list, of which
	// a shape shows that they are there.
	maxShownNames, maxShownItems = 40, 6
)

// shapes is the tree of a kind beside each workspace. It is safe for concurrent
// use.
type shapes struct {
	mu    sync.Mutex
	words map[ast.String]bool
	roots map[*Document]*shape
	nodes int
	// views are those of the nodes by their rules: few sets of rules remain again
	// and again.
	views map[string]*view
}

// shape is a node of the tree: what is known of resources that look alike.
type shape struct {
	// rest has the rules that are not idle, in the order of the kind.
	rest *view
	// fixed are those of rest that need not be asked where all is known, asked
	// are the others.
	fixed []fixedRule
	asked *view
	// open are those of rest that may turn out to be idle when more is shown.
	open []*query
	// shown are the parts that are shown, from the root of the tree on.
	shown [][]any
	// next is the part that the children show; nil until the node is studied,
	// and where there is nothing more to gain.
	next []any
	// vain is how many parts were shown last without a gain.
	vain     int
	state    studyState
	seen     int
	children map[string]*shape
}

// studyState says whether a node was studied.
type studyState uint8

const (
	unstudied studyState = iota
	inStudy
	studied
)

// forShape is what is known of resources that look like this one: at the least,
// that all rules are to be asked. Resources of templates differ too much to be
// worth it.
func (v *view) forShape(ctx context.Context, e *Engine, in Input) shape {
	if len(v.rules) == 0 || v.program.prints || in.Resource == nil || in.Deployment != nil || len(in.Only) > 0 {
		return shape{rest: v, asked: v}
	}
	if _, ok := in.Resource.value.(ast.Object); !ok {
		return shape{rest: v, asked: v}
	}
	tree := &v.shapes
	tree.mu.Lock()
	defer tree.mu.Unlock()
	at := tree.root(in.Workspace, v)
	worth := false
	for at.seen++; len(at.open) > 0; at.seen++ {
		if at.state == inStudy || at.state == unstudied && !worth && at.seen < studyAfter {
			break
		}
		if at.state == unstudied {
			tree.study(ctx, e, at, in)
		}
		child := tree.child(at, in.Resource.value)
		if child == nil {
			break
		}
		// Where resources spread over many nodes, each is studied only when a
		// second one comes to it.
		worth = at.seen >= studyAfter*len(at.children)
		at = child
	}
	return shape{rest: at.rest, asked: at.asked, fixed: at.fixed}
}

// study has a node studied, others going on in the meantime with what they
// know. The caller holds s.mu.
func (s *shapes) study(ctx context.Context, e *Engine, at *shape, in Input) {
	if s.words == nil {
		s.words = at.rest.program.words()
	}
	at.state = inStudy
	words := s.words
	found := func() lesson {
		s.mu.Unlock()
		defer s.mu.Lock()
		return at.study(ctx, e, words, in)
	}()
	at.state = studied
	if len(found.idle)+len(found.fixed) > 0 {
		at.vain = 0
		at.rest = s.viewWithout(at.rest, found.idle)
		at.fixed = append(slices.Clip(at.fixed), found.fixed...)
		gone := found.idle
		for _, rule := range found.fixed {
			gone = append(gone, rule.query)
		}
		at.asked = s.viewWithout(at.asked, gone)
	}
	at.open = found.open
	if len(at.open) > 0 && at.vain < maxIdleSteps {
		at.next, at.children = found.next, map[string]*shape{}
	}
}

// root is the tree beside a workspace.
func (s *shapes) root(workspace *Document, v *view) *shape {
	if at := s.roots[workspace]; at != nil {
		return at
	}
	if s.roots == nil || len(s.roots) >= maxTrees {
		s.roots, s.nodes = map[*Document]*shape{}, 0
	}
	s.roots[workspace] = &shape{rest: v, asked: v, open: v.rules}
	return s.roots[workspace]
}

// viewWithout is a view without some of its rules.
func (s *shapes) viewWithout(v *view, rules []*query) *view {
	part := &view{program: v.program}
	var key strings.Builder
	for _, q := range v.rules {
		if !slices.Contains(rules, q) {
			part.rules = append(part.rules, q)
			key.WriteString(q.rule.ID + "\n")
		}
	}
	if known := s.views[key.String()]; known != nil {
		return known
	}
	if s.views == nil {
		s.views = map[string]*view{}
	}
	for _, q := range part.rules {
		part.all.Append(q.body[0].Copy())
	}
	s.views[key.String()] = part
	return part
}

// child is the node for a resource below a node, a new one where there is room.
func (s *shapes) child(at *shape, resource ast.Value) *shape {
	if at.next == nil {
		return nil
	}
	key := s.look(resource, at.next)
	if found := at.children[key]; found != nil {
		return found
	}
	if s.nodes >= maxShapes {
		return nil
	}
	s.nodes++
	child := &shape{rest: at.rest, asked: at.asked, fixed: at.fixed, open: at.open, vain: at.vain + 1, shown: append(slices.Clip(at.shown), at.next)}
	at.children[key] = child
	return child
}

// look is what a shape shows of the part at a path.
func (s *shapes) look(resource ast.Value, path []any) string {
	return string(appendLook(nil, partAt(resource, path), s.words))
}

// lesson is what the study of a node finds.
type lesson struct {
	idle, open []*query
	fixed      []fixedRule
	next       []any
}

// study sorts the rules that are open and chooses what to show next: the part
// that most of them look at.
func (s *shape) study(ctx context.Context, e *Engine, words map[ast.String]bool, in Input) (found lesson) {
	m := mask{words: words, shown: s.shown, hidden: map[ast.Var][]any{}, kinds: map[ast.Var]string{}}
	resource := newDocument(m.value(in.Resource.value, []any{}), nil)
	input := Input{Resource: resource, Workspace: in.Workspace}
	interpreter := abstract.New(abstract.Config{Program: s.rest.program.references, Data: e.data, Input: input.value(false), Kinds: m.kinds, Blind: true})
	wanted := map[string]int{}
	for _, q := range s.open {
		finds, hits, looked := studyRule(ctx, e, interpreter, q)
		switch {
		case len(looked) > 0:
			found.open = append(found.open, q)
		case !finds:
			found.idle = append(found.idle, q)
		case hits != nil:
			found.fixed = append(found.fixed, fixedRule{q, hits, m.hidden})
		}
		for _, name := range looked {
			// Of a part that is not open all is known that a shape can tell.
			if path, masked := m.hidden[name]; masked && isOpen(partAt(in.Resource.value, path), words) {
				wanted[pathKey(path)]++
			}
		}
	}
	found.next = mostWanted(wanted, m.hidden)
	return found
}

// studyRule says whether a rule finds anything, how that follows from what is
// masked, nil where it does not simply do so, and at what the rule looks that is
// masked or not known. What the interpreter cannot follow finds something.
func studyRule(ctx context.Context, e *Engine, in *abstract.Interpreter, q *query) (finds bool, hits []abstract.Formula, looked []ast.Var) {
	defer func() {
		if recover() != nil {
			finds, hits = true, nil
		}
	}()
	limited, stop := context.WithTimeout(ctx, e.opts.RuleTime)
	defer stop()
	members, looked, err := in.Verdict(limited, q.deny)
	if err != nil {
		return true, nil, looked
	}
	for _, m := range members {
		formula := in.Formula(m.Value)
		if formula == nil || !m.Certain {
			return true, nil, looked
		}
		hits = append(hits, formula)
	}
	return len(members) > 0, hits, looked
}

// mostWanted is the path that most rules look at; of several the shortest, and
// then the first by name, so that the tree does not hang on chance.
func mostWanted(wanted map[string]int, hidden map[ast.Var][]any) []any {
	var best []any
	for _, path := range hidden {
		n, most := wanted[pathKey(path)], wanted[pathKey(best)]
		if n > 0 && (best == nil || cmp.Or(cmp.Compare(most, n), cmp.Compare(len(path), len(best)), strings.Compare(pathKey(path), pathKey(best))) < 0) {
			best = path
		}
	}
	return best
}
