package abstract

import (
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/aksnetlint/aksnetlint/linter/engine/internal/pack"
)

// Program is a set of compiled modules with what its references lead to, looked
// up once. It is safe for concurrent use.
type Program struct {
	compiler *ast.Compiler
	// functions holds a *function by the *ast.Term that names it in a call.
	functions sync.Map
	// places holds a place by the first term of a reference below data, which is
	// an element of the reference and has an address of its own.
	places sync.Map
	// spare holds *lookups that no verdict uses.
	spare sync.Pool
	kept  keptResults
}

// lookups are functions and places of a program that one verdict at a time looks up:
// in plain maps, which are faster to read than those that all share.
type lookups struct {
	functions map[*ast.Term]*function
	places    map[**ast.Term]place
}

func (p *Program) borrow() *lookups {
	if l, ok := p.spare.Get().(*lookups); ok {
		return l
	}
	return &lookups{map[*ast.Term]*function{}, map[**ast.Term]place{}}
}

// target is what a call leads to; nil where there is no such function.
func (in *Interpreter) target(op *ast.Term) *function {
	fn, ok := in.lookups.functions[op]
	if !ok {
		fn = in.program.target(op)
		in.lookups.functions[op] = fn
	}
	return fn
}

// place is where a reference below data leads.
func (in *Interpreter) place(r ast.Ref) place {
	at, ok := in.lookups.places[&r[0]]
	if !ok {
		at = in.program.place(r)
		in.lookups.places[&r[0]] = at
	}
	return at
}

// NewProgram makes a program of compiled modules.
func NewProgram(c *ast.Compiler) *Program { return &Program{compiler: c} }

// function is what a call leads to.
type function struct {
	// node is of a function that is defined in Rego, decl of a built-in one.
	node  *ast.TreeNode
	decl  *ast.Builtin
	arity int
	// unifies and prints mark built-in functions that the interpreter does itself.
	unifies, prints bool
	// relation marks one that has any number of results.
	relation bool
	passive  bool
	// pure says of one in Rego whether it hangs on nothing but its arguments.
	pure    func() bool
	refined refinement
}

// target is what a call leads to; nil where there is no such function.
func (p *Program) target(op *ast.Term) *function {
	if found, ok := p.functions.Load(op); ok {
		return found.(*function)
	}
	fn := p.resolve(op)
	p.functions.Store(op, fn)
	return fn
}

func (p *Program) resolve(op *ast.Term) *function {
	ref, ok := op.Value.(ast.Ref)
	if !ok {
		return nil
	}
	if ref[0].Equal(ast.DefaultRootDocument) {
		node := p.find(ref)
		if node == nil || len(node.Values) == 0 {
			return nil
		}
		return &function{
			node: node, arity: len(pack.RulesAt(node)[0].Head.Args),
			pure: sync.OnceValue(func() bool { return p.readsNothing(node, map[*ast.TreeNode]bool{}) }),
		}
	}
	name := ref.String()
	decl := ast.BuiltinMap[name]
	if decl == nil {
		return nil
	}
	return &function{
		decl: decl, arity: decl.Decl.Arity(),
		unifies: name == ast.Equality.Name || name == ast.Assign.Name, prints: name == ast.InternalPrint.Name,
		relation: decl.Relation, passive: passive[name], refined: refinements[name],
	}
}

// place is where a reference below data leads: to the rules of a node, with the
// terms from rest on to be followed into their value, or nowhere. Without a node
// it leads into the base documents.
type place struct {
	node   *ast.TreeNode
	rest   int
	absent bool
}

func (p *Program) place(r ast.Ref) place {
	if found, ok := p.places.Load(&r[0]); ok {
		return found.(place)
	}
	at := p.locate(r)
	p.places.Store(&r[0], at)
	return at
}

func (p *Program) locate(r ast.Ref) place {
	if len(r) == 1 || p.isBase(r) {
		return place{}
	}
	node := p.compiler.RuleTree.Child(r[0].Value)
	for i := 1; i < len(r); i++ {
		if len(node.Values) > 0 {
			return place{node: node, rest: i}
		}
		key, constant := r[i].Value.(ast.String)
		if !constant {
			return place{node: node, rest: i}
		}
		child := node.Child(key)
		if child == nil {
			return place{absent: true}
		}
		node = child
	}
	return place{node: node, rest: len(r)}
}

// find is the node of the rule tree at a path of constants, nil for none.
func (p *Program) find(path ast.Ref) *ast.TreeNode {
	node := p.compiler.RuleTree
	for _, t := range path {
		if node = node.Child(t.Value); node == nil {
			return nil
		}
	}
	return node
}

// isBase reports whether a reference leads to base documents only.
func (p *Program) isBase(r ast.Ref) bool {
	node := p.compiler.RuleTree.Child(r[0].Value)
	return node == nil || node.Child(r[1].Value) == nil
}
