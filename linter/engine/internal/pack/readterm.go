package pack

import "github.com/open-policy-agent/opa/v1/ast"

// ruleOf reads a rule of a module.
func (r *reader) ruleOf(i int) *ast.Rule {
	if r.err != nil {
		return nil
	}
	r.module, r.file, r.last = r.pack.bare[i], r.pack.modules[i].Path, nil
	return r.rule()
}

// enter counts a level of nesting; every enter is followed by a leave.
func (r *reader) enter() bool {
	if r.depth++; r.depth > maxDepth {
		r.fail("it nests too deep")
	}
	return r.err == nil
}

func (r *reader) leave() { r.depth-- }

func (r *reader) rule() *ast.Rule {
	defer r.leave()
	rule := &ast.Rule{Head: &ast.Head{}, Module: r.module}
	if !r.enter() {
		return rule
	}
	flags := r.int()
	rule.Default, rule.Head.Assign = flags&isDefault != 0, flags&isAssigned != 0
	rule.Location = r.place(int(r.byte()))
	rule.Head.Location = r.place(int(r.byte()))
	rule.Head.Name = ast.Var(r.word())
	rule.Head.Reference = r.terms()
	rule.Head.Args = r.terms()
	rule.Head.Key = r.optional()
	rule.Head.Value = r.optional()
	rule.Body = r.body()
	if flags&hasElse != 0 {
		rule.Else = r.rule()
	}
	if rule.Head.Key == nil && rule.Head.Value == nil {
		r.fail("a rule has neither key nor value")
	}
	return rule
}

func (r *reader) body() ast.Body {
	defer r.leave()
	if !r.enter() {
		return nil
	}
	n := r.count()
	if n == 0 {
		return nil
	}
	body := make(ast.Body, n)
	for i := range body {
		body[i] = r.expr()
	}
	return body
}

func (r *reader) expr() *ast.Expr {
	e := r.pack.exprs.next()
	flags := r.int()
	e.Generated, e.Negated = flags&generated != 0, flags&negated != 0
	e.Location = r.place(int(r.byte()))
	e.Index = r.int()
	switch {
	case flags&isEvery != 0:
		e.Terms = &ast.Every{Location: r.place(int(r.byte())), Key: r.optional(), Value: r.term(), Domain: r.term(), Body: r.body()}
	case flags&isCall != 0:
		terms := r.terms()
		if len(terms) == 0 {
			r.fail("a call has no operator")
			// What is read from here on is dropped, but must be sound for OPA's constructors.
			terms = []*ast.Term{ast.NullTerm()}
		}
		e.Terms = terms
	default:
		e.Terms = r.term()
	}
	if n := r.count(); n > 0 {
		e.With = make([]*ast.With, n)
		for i := range e.With {
			e.With[i] = &ast.With{Location: r.place(int(r.byte())), Target: r.term(), Value: r.term()}
		}
	}
	return e
}

// terms reads a list, nil for an empty one.
func (r *reader) terms() []*ast.Term {
	n := r.count()
	if n == 0 {
		return nil
	}
	list := r.pack.lists.list(n)
	for i := range list {
		list[i] = r.term()
	}
	return list
}

// term reads a term that must be there.
func (r *reader) term() *ast.Term {
	t := r.optional()
	if t == nil {
		r.fail("a term is missing")
		return ast.NullTerm()
	}
	return t
}

func (r *reader) optional() *ast.Term {
	first := r.byte()
	k := kind(first & (1<<kindBits - 1))
	if k == absentKind {
		return nil
	}
	t := r.pack.terms.next()
	t.Location = r.place(int(first >> kindBits))
	if k < boxedKinds {
		t.Value = r.boxed(k)
	} else if r.enter() {
		t.Value = r.value(k)
		r.leave()
	}
	if t.Value == nil {
		t.Value = ast.NullValue
	}
	return t
}

func (r *reader) value(k kind) ast.Value {
	switch k {
	case nullKind:
		return ast.NullValue
	case falseKind, trueKind:
		return ast.InternedTerm(k == trueKind).Value
	case refKind:
		terms := r.terms()
		if len(terms) == 0 {
			r.fail("a reference is empty")
		}
		return ast.Ref(terms)
	case callKind:
		return ast.Call(r.terms())
	case arrayKind:
		return ast.NewArray(r.terms()...)
	case setKind:
		return ast.NewSet(r.terms()...)
	case objectKind:
		pairs := make([][2]*ast.Term, r.count())
		for i := range pairs {
			pairs[i] = [2]*ast.Term{r.term(), r.term()}
		}
		return ast.NewObject(pairs...)
	case arrayComprehensionKind:
		return &ast.ArrayComprehension{Term: r.term(), Body: r.body()}
	case setComprehensionKind:
		return &ast.SetComprehension{Term: r.term(), Body: r.body()}
	case objectComprehensionKind:
		return &ast.ObjectComprehension{Key: r.term(), Value: r.term(), Body: r.body()}
	}
	r.fail("a term is of no known kind")
	return nil
}

// boxed is the value of a string of the table, made once.
func (r *reader) boxed(k kind) ast.Value {
	i := r.int()
	s, ok := r.pack.strings.at(i)
	if !ok {
		r.fail("a string is not in the table")
		return nil
	}
	if r.pack.boxed[k] == nil {
		r.pack.boxed[k] = make([]ast.Value, r.pack.strings.len())
	}
	v := &r.pack.boxed[k][i]
	if *v != nil {
		return *v
	}
	switch k {
	case stringKind:
		*v = ast.String(s)
	case varKind:
		*v = ast.Var(s)
	default:
		*v = ast.Number(s)
	}
	return *v
}

// place reads a location; those at the same place share one.
func (r *reader) place(manner int) *ast.Location {
	switch manner {
	case noPlace:
		return nil
	case samePlace:
		if r.last == nil {
			r.last = &ast.Location{File: r.file}
		}
		return r.last
	}
	loc := r.pack.places.next()
	switch manner {
	case nearPlace:
		row := 0
		if r.last != nil {
			row = r.last.Row
		}
		*loc = ast.Location{File: r.file, Row: row + r.signed(), Col: r.int()}
		r.last = loc
	case otherPlace:
		*loc = ast.Location{File: r.word(), Row: r.int(), Col: r.int()}
	default:
		r.fail("a place is of no known manner")
	}
	return loc
}
