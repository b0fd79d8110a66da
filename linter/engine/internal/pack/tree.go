package pack

import (
	"fmt"
	"slices"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// rules are the rules of one node of the tree, decoded when evaluation first
// looks them up. They stand in the node as the index that OPA asks for its
// rules.
type rules struct {
	pack *Pack
	blob string

	once sync.Once
	// content is set once.
	content *content
}

// content is what the rules of a node are decoded to.
type content struct {
	// list are the rules that the index holds; the first own ones stand at the
	// node itself, the others below it.
	list  []*ast.Rule
	own   int
	index ast.RuleIndex
	err   error
}

// undecoded stands in a node for rules that nobody has looked up: OPA asks the
// node only whether it has any and how many arguments they take.
func (p *Pack) undecoded(arity int) []*ast.Rule {
	for len(p.stands) <= arity {
		head := &ast.Head{Args: make(ast.Args, len(p.stands))}
		p.stands = append(p.stands, []*ast.Rule{{Head: head}})
	}
	return p.stands[arity]
}

// Build implements ast.RuleIndex. The index is built already.
func (n *rules) Build([]*ast.Rule) bool { return true }

// Lookup implements ast.RuleIndex.
func (n *rules) Lookup(resolver ast.ValueResolver) (*ast.IndexResult, error) {
	c := n.load()
	if c.err != nil {
		return nil, c.err
	}
	return c.index.Lookup(resolver)
}

// AllRules implements ast.RuleIndex.
func (n *rules) AllRules(resolver ast.ValueResolver) (*ast.IndexResult, error) {
	c := n.load()
	if c.err != nil {
		return nil, c.err
	}
	return c.index.AllRules(resolver)
}

func (n *rules) load() *content {
	n.once.Do(func() {
		n.pack.mu.Lock()
		defer n.pack.mu.Unlock()
		n.content = n.pack.load(n.blob)
	})
	return n.content
}

// load decodes the rules of a node and builds their index. The caller holds
// p.mu.
func (p *Pack) load(blob string) (c *content) {
	c = &content{}
	defer corrupt(&c.err)
	if c.list, c.own, c.err = p.decode(blob); c.err == nil {
		c.index, c.err = p.buildIndex(c.list)
	}
	return c
}

// corrupt makes an error of a panic: OPA's constructors take for granted what only its
// own parser makes sure of.
func corrupt(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%w: %v", ErrCorrupt, r)
	}
}

// RulesAt are the rules of a node of a compiler's tree, whether it comes from a
// pack or not.
func RulesAt(node *ast.TreeNode) []*ast.Rule {
	n, packed := node.Index.(*rules)
	if !packed {
		return node.Values
	}
	c := n.load()
	return c.list[:c.own]
}

// decode reads the rules of a node. The caller holds p.mu.
func (p *Pack) decode(blob string) (list []*ast.Rule, own int, err error) {
	defer corrupt(&err)
	r := &reader{pack: p, in: blob}
	own = r.int()
	list = make([]*ast.Rule, r.count())
	for i := range list {
		list[i] = r.ruleOf(r.moduleIndex())
	}
	if own > len(list) || len(list) == 0 {
		r.fail("a node has too few rules")
	}
	if r.err != nil {
		return nil, 0, r.err
	}
	return list, own, nil
}

// buildIndex has OPA's compiler index rules. The caller holds p.mu.
func (p *Pack) buildIndex(list []*ast.Rule) (ast.RuleIndex, error) {
	if p.indexer == nil {
		// All of data counts as virtual, so that no index looks below it.
		virtual := map[ast.Value]*ast.TreeNode{ast.DefaultRootDocument.Value: {External: &ast.ExternalIndex{}}}
		p.indexed = &ast.TreeNode{Children: virtual}
		p.indexer = ast.NewCompiler().WithSkipStages(allBut(ast.StageBuildRuleIndices)...)
		p.indexer.RuleTree = p.indexed
	}
	p.indexed.Values, p.indexed.Index = list, nil
	p.indexer.Compile(nil)
	if p.indexed.Index == nil {
		return nil, fmt.Errorf("%w: its rules have no index", ErrCorrupt)
	}
	return p.indexed.Index, nil
}

// grouped are the rules of a module that hold a comprehension which OPA
// evaluates once for many keys.
type grouped struct {
	module int
	rules  *rules
}

// Compiler is a compiler that knows all rules of the pack, for evaluation
// alone. The comprehensions of the chosen modules have the index that spares OPA
// evaluating them again and again.
func (p *Pack) Compiler(caps *ast.Capabilities, chosen func(module int) bool) (*ast.Compiler, error) {
	const name = "grouped"
	list, err := p.groupedRules(chosen)
	if err != nil {
		return nil, err
	}
	compiler := ast.NewCompiler().WithCapabilities(caps).
		WithSkipStages(allBut(ast.StageSetModuleTree, ast.StageBuildComprehensionIndices)...).
		WithStageAfterID(ast.StageSetModuleTree, ast.CompilerStageDefinition{
			Name:       "PlacePackedRules",
			MetricName: "place_packed_rules",
			Stage: func(c *ast.Compiler) *ast.Error {
				c.RuleTree = p.tree
				c.Modules[name].Rules = list
				return nil
			},
		})
	compiler.Compile(map[string]*ast.Module{name: {Package: &ast.Package{Path: ast.Ref{ast.DefaultRootDocument}}}})
	if compiler.Failed() {
		return nil, fmt.Errorf("opening the rules of a pack: %w", compiler.Errors)
	}
	return compiler, nil
}

// Grouped reports whether a module has such rules.
func (p *Pack) Grouped(module int) bool {
	return slices.ContainsFunc(p.grouped, func(g grouped) bool { return g.module == module })
}

func (p *Pack) groupedRules(chosen func(module int) bool) ([]*ast.Rule, error) {
	var list []*ast.Rule
	for _, g := range p.grouped {
		if !chosen(g.module) {
			continue
		}
		c := g.rules.load()
		if c.err != nil {
			return nil, c.err
		}
		list = append(list, c.list...)
	}
	return list, nil
}

// allBut are the stages of OPA's compiler without some.
func allBut(kept ...ast.StageID) []ast.StageID {
	return slices.DeleteFunc(ast.AllStages(), func(s ast.StageID) bool { return slices.Contains(kept, s) })
}
