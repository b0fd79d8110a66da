package engine

import (
	"context"
	"slices"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Most rules find nothing in most resources, and see that by a look at little: the
// type of a Service, the names of its annotations. A shape is a resource in which
// all is masked but what rules look at. A rule that finds nothing in a shape,
// without a look at what is masked, finds nothing in any resource of that shape:
// what it looked at is the same in all of them. It is not asked again.
//
// The shapes of a kind are a tree. At its root all is masked. Its branches divide the
// rules of which it is not known yet what they find, by the part of the resource that
// they look at next. So the rules of ports and those of annotations learn each by
// themselves.

const (
	// maxShapes bounds the nodes of one kind, maxRoots its trees: each run has
	// workspaces of its own.
	maxShapes, maxRoots = 8192, 2048
	// maxIdleSteps is how many parts are shown in vain, without a rule that is
	// settled by it, before a branch of the tree ends.
	maxIdleSteps = 24
	// maxSpread is how many nodes a branch may have where less than two resources come
	// to one: the part that it shows is different in each resource.
	maxSpread = 24
)

// shapes is the tree of a kind beside each workspace. It is safe for concurrent
// use.
type shapes struct {
	mu    sync.Mutex
	roots map[start]*shape
	nodes int
	// boundless is set for trees that are to be kept with the rules.
	boundless bool
	// parts are the views of some of the rules: few sets of them come again and again.
	parts map[ruleSet]*view
}

// start is where a tree begins: beside a workspace, at a node where that of the pack
// ends.
type start struct {
	workspace *Document
	node      int
}

// shape is a node of the tree: what is known of rules in resources that look alike.
type shape struct {
	// shown are the parts that are shown, from the root of the tree on.
	shown [][]any
	// vain is how many parts were shown last without a gain.
	vain int
	// begun are the rules whose study has begun, studied those whose study ended.
	begun, studied ruleSet

	// What studies find: rules that find the same in all resources that come here, but for
	// texts, rules that have to be asked, and what has to be shown for the others.
	fixed    []fixedRule
	asked    ruleSet
	branches []*branch
}

// branch leads from a node to those that show more.
type branch struct {
	rules ruleSet
	// next are the parts that are shown.
	next     [][]any
	children map[string]*shape
	seen     int
}

// known is what shapes tell of a resource: the rules that are asked, and those that
// need not be. All others find nothing.
type known struct {
	asked ruleSet
	fixed []fixedRule
}

// forShape is what is known of resources that look like this one, and false where
// nothing is: resources of templates differ too much to be worth it.
func (v *view) forShape(ctx context.Context, e *Engine, in Input) (known, bool) {
	if n := len(v.rules); n == 0 || n > maxSetRules || v.program.prints || in.Resource == nil || in.Deployment != nil || len(in.Only) > 0 {
		return known{}, false
	}
	if _, ok := in.Resource.value.(ast.Object); !ok {
		return known{}, false
	}
	tree := &v.shapes
	tree.mu.Lock()
	defer tree.mu.Unlock()
	var out known
	st := study{engine: e, view: v, input: in, data: e.data}
	for _, end := range v.ends(in) {
		tree.walk(ctx, st, tree.root(in.Workspace, end), end.rules, &out)
	}
	return out, true
}

func (v *view) everyRule() (all ruleSet) {
	for i := range v.rules {
		all.add(i)
	}
	return all
}

// part is the view of some of the rules.
func (v *view) part(rules ruleSet) *view {
	tree := &v.shapes
	tree.mu.Lock()
	defer tree.mu.Unlock()
	if known := tree.parts[rules]; known != nil {
		return known
	}
	part := &view{program: v.program}
	for _, i := range rules.indices() {
		part.rules = append(part.rules, v.rules[i])
		part.all.Append(v.rules[i].body[0].Copy())
	}
	if tree.parts == nil || len(tree.parts) >= maxShapes {
		tree.parts = map[ruleSet]*view{}
	}
	tree.parts[rules] = part
	return part
}

// walk gathers what a node and those below it know of a resource and some rules. What
// is not known is studied: that costs about as much as to ask. The caller holds s.mu.
func (s *shapes) walk(ctx context.Context, st study, at *shape, rules ruleSet, out *known) {
	if fresh, _ := rules.minus(at.begun); !fresh.isEmpty() {
		s.study(ctx, st, at, fresh)
	}
	waiting, rules := rules.minus(at.studied)
	out.asked.addAll(waiting)
	rules, asked := rules.minus(at.asked)
	out.asked.addAll(asked)
	for _, rule := range at.fixed {
		if rules.has(rule.index) {
			out.fixed = append(out.fixed, rule)
		}
	}
	for _, b := range at.branches {
		_, below := rules.minus(b.rules)
		if below.isEmpty() {
			continue
		}
		b.seen++
		child := s.child(at, b, st.input.Resource.value)
		if child == nil {
			out.asked.addAll(below)
			continue
		}
		s.walk(ctx, st, child, below, out)
	}
}

// study has some rules studied for a node, others going on in the meantime with
// what they know. The caller holds s.mu.
func (s *shapes) study(ctx context.Context, st study, at *shape, rules ruleSet) {
	at.begun.addAll(rules)
	found := func() lesson {
		s.mu.Unlock()
		defer s.mu.Lock()
		return st.of(ctx, at.shown, rules)
	}()
	at.studied.addAll(rules)
	at.fixed = append(slices.Clip(at.fixed), found.fixed...)
	at.asked.addAll(found.asked)
	if found.settled > 0 {
		at.vain = 0
	}
	if at.vain >= maxIdleSteps {
		for i := range found.wants {
			at.asked.add(i)
		}
		return
	}
	at.branches = st.branch(at.branches, found.wants, found.parts)
}

// root is the tree beside a workspace that begins where that of the pack ends.
func (s *shapes) root(workspace *Document, at end) *shape {
	key := start{workspace, at.node}
	if root := s.roots[key]; root != nil {
		return root
	}
	if s.roots == nil || len(s.roots) >= maxRoots {
		s.roots, s.nodes = map[start]*shape{}, 0
	}
	s.roots[key] = &shape{shown: at.shown}
	return s.roots[key]
}

// child is the node for a resource at the end of a branch, a new one where there
// is room.
func (s *shapes) child(at *shape, b *branch, resource ast.Value) *shape {
	var room [64]byte
	key := appendLooks(room[:0], resource, b.next)
	if found := b.children[string(key)]; found != nil {
		return found
	}
	if s.nodes >= maxShapes && !s.boundless || len(b.children) >= maxSpread && b.seen < 2*len(b.children) {
		return nil
	}
	s.nodes++
	child := &shape{vain: at.vain + 1, shown: append(slices.Clip(at.shown), b.next...)}
	b.children[string(key)] = child
	return child
}
