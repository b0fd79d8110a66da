package abstract

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/types"
)

// passive built-ins move the elements of their arguments without looking into
// them, so that they may run on containers that hold unknown values.
var passive = map[string]bool{
	ast.ArrayConcat.Name:  true,
	ast.ArraySlice.Name:   true,
	ast.ArrayReverse.Name: true,
}

// anyVar reports whether an argument is itself unknown.
func (in *Interpreter) anyVar(args []ast.Value) bool {
	for _, a := range args {
		if in.unknown(a) != nil {
			return true
		}
	}
	return false
}

// refinement computes a built-in's result where it does not hang on all that
// is unknown in the arguments. It returns nil for undefined; handled is false
// where nothing better than an unknown result is known.
type refinement func(in *Interpreter, args []ast.Value) (v ast.Value, st state, handled bool)

// refinements are tried where an argument is unknown or contains an unknown.
var refinements = map[string]refinement{
	ast.Equal.Name:           equalTo,
	ast.NotEqual.Name:        notEqual,
	ast.GreaterThan.Name:     ordered(func(low, high, olow, ohigh int) (bool, bool) { return low > ohigh, high <= olow }),
	ast.GreaterThanEq.Name:   ordered(func(low, high, olow, ohigh int) (bool, bool) { return low >= ohigh, high < olow }),
	ast.LessThan.Name:        ordered(func(low, high, olow, ohigh int) (bool, bool) { return high < olow, low >= ohigh }),
	ast.LessThanEq.Name:      ordered(func(low, high, olow, ohigh int) (bool, bool) { return high <= olow, low > ohigh }),
	ast.Floor.Name:           whole,
	ast.Ceil.Name:            whole,
	ast.Round.Name:           whole,
	ast.Member.Name:          memberTwo,
	ast.MemberWithKey.Name:   memberThree,
	ast.Count.Name:           count,
	ast.ObjectGet.Name:       objectGet,
	ast.ObjectKeys.Name:      objectKeys,
	ast.ObjectUnion.Name:     objectUnion,
	ast.And.Name:             intersection,
	ast.Or.Name:              union,
	ast.Minus.Name:           difference,
	ast.Sprintf.Name:         text(ast.Sprintf),
	ast.Concat.Name:          concat,
	ast.Lower.Name:           ofTexts(ast.Lower),
	ast.Upper.Name:           ofTexts(ast.Upper),
	ast.TrimSpace.Name:       ofTexts(ast.TrimSpace),
	ast.TypeNameBuiltin.Name: typeName,
	ast.IsString.Name:        isKind(ast.IsString),
	ast.IsNumber.Name:        isKind(ast.IsNumber),
	ast.IsBoolean.Name:       isKind(ast.IsBoolean),
	ast.IsArray.Name:         isKind(ast.IsArray),
	ast.IsSet.Name:           isKind(ast.IsSet),
	ast.IsObject.Name:        isKind(ast.IsObject),
	ast.IsNull.Name:          isKind(ast.IsNull),
}

// resultKind is the kind of what a built-in returns.
func resultKind(decl *ast.Builtin) kind {
	switch decl.Decl.Result().(type) {
	case types.Boolean:
		return boolKind
	case types.Number:
		return numberKind
	case types.String:
		return stringKind
	case *types.Array:
		return arrayKind
	case *types.Set:
		return setKind
	case *types.Object:
		return objectKind
	}
	return anyKind
}

func (in *Interpreter) taints(args []ast.Value) taint {
	var t taint
	for _, a := range args {
		t = t.union(in.taintOf(a))
	}
	return t
}

// decided is a boolean result.
func (in *Interpreter) decided(ans answer, t taint) (ast.Value, state, bool) {
	switch ans {
	case yes:
		return ast.Boolean(true), certain, true
	case no:
		return ast.Boolean(false), certain, true
	}
	return in.derive(boolKind, t), certain, true
}

// text is for functions that make a text of any arguments. To compose it is no look
// at what is not known.
func text(decl *ast.Builtin) refinement {
	return func(in *Interpreter, args []ast.Value) (ast.Value, state, bool) {
		made := &info{kind: stringKind, taint: in.taints(args), composed: &composition{decl, slices.Clone(args)}}
		return in.unknowns.add(made), certain, true
	}
}

// ofTexts is for functions that make a text of any texts.
func ofTexts(decl *ast.Builtin) refinement {
	return func(in *Interpreter, args []ast.Value) (ast.Value, state, bool) {
		for _, a := range args {
			if in.kindOf(a) != stringKind {
				return nil, certain, false
			}
		}
		return text(decl)(in, args)
	}
}

// concat makes a text of a list of texts.
func concat(in *Interpreter, args []ast.Value) (ast.Value, state, bool) {
	list, ok := args[1].(*ast.Array)
	for i := 0; ok && i < list.Len(); i++ {
		ok = in.kindOf(list.Elem(i).Value) == stringKind
	}
	if !ok || in.kindOf(args[0]) != stringKind {
		return nil, certain, false
	}
	return text(ast.Concat)(in, args)
}

func equalTo(in *Interpreter, args []ast.Value) (ast.Value, state, bool) {
	ans, t := in.equal(args[0], args[1])
	return in.decided(ans, t)
}

func notEqual(in *Interpreter, args []ast.Value) (ast.Value, state, bool) {
	ans, t := in.equal(args[0], args[1])
	switch ans {
	case yes:
		ans = no
	case no:
		ans = yes
	}
	return in.decided(ans, t)
}

// ordered compares whole numbers of which bounds are known.
func ordered(compare func(low, high, olow, ohigh int) (holds, fails bool)) refinement {
	return func(in *Interpreter, args []ast.Value) (ast.Value, state, bool) {
		low, high, ok := in.bounds(args[0])
		olow, ohigh, also := in.bounds(args[1])
		if ok && also {
			switch holds, fails := compare(low, high, olow, ohigh); {
			case holds:
				return ast.Boolean(true), certain, true
			case fails:
				return ast.Boolean(false), certain, true
			}
		}
		return in.derive(boolKind, in.taints(args)), certain, true
	}
}

// whole is a whole number rounded: itself.
func whole(in *Interpreter, args []ast.Value) (ast.Value, state, bool) {
	_, _, ok := in.bounds(args[0])
	return args[0], certain, ok
}

func memberTwo(in *Interpreter, args []ast.Value) (ast.Value, state, bool) {
	return in.member(nil, args[0], args[1])
}

func memberThree(in *Interpreter, args []ast.Value) (ast.Value, state, bool) {
	return in.member(args[0], args[1], args[2])
}

// member answers "key, val in container"; key is nil for "val in container".
func (in *Interpreter) member(key, val, container ast.Value) (ast.Value, state, bool) {
	if i := in.unknown(container); i != nil && !i.closed {
		if i.kind != anyKind && i.kind < arrayKind {
			return ast.Boolean(false), certain, true
		}
		return in.derive(boolKind, in.taints([]ast.Value{val, container})), certain, true
	}
	out, t := no, taint(nil)
	f := in.frame()
	defer f.free()
	// The callback never fails.
	_ = f.iterate(container, func(k, v ast.Value, st state) error {
		ans, more := in.equal(val, v)
		if key != nil && ans != no {
			switch byKey, t := in.equal(key, k); byKey {
			case no:
				ans = no
			case maybe:
				ans, more = maybe, more.union(t)
			}
		}
		switch {
		case ans == no:
		case ans == yes && !st.possible:
			out = yes
			return errStop
		default:
			out, t = maybe, t.union(more).union(st.taint)
		}
		return nil
	})
	return in.decided(out, t)
}

func count(in *Interpreter, args []ast.Value) (ast.Value, state, bool) {
	low, high, ok := in.size(args[0])
	switch {
	case !ok:
		t := in.taintOf(args[0])
		return in.derive(numberKind, t), certain.hanging(t), true
	case low == high:
		return ast.InternedTerm(low).Value, certain, true
	}
	t := in.taintOf(args[0])
	in.touch(t)
	return in.unknowns.add(&info{kind: numberKind, taint: t, bounded: true, low: low, high: high}), certain, true
}

// objectGet follows one key or a list of keys.
func objectGet(in *Interpreter, args []ast.Value) (ast.Value, state, bool) {
	if in.kindOf(args[0]) != objectKind || !ground(args[1]) {
		return nil, certain, false
	}
	keys := []ast.Value{args[1]}
	if list, ok := args[1].(*ast.Array); ok {
		keys = keys[:0]
		list.Foreach(func(t *ast.Term) { keys = append(keys, t.Value) })
	}
	v := args[0]
	hanging, t := false, taint(nil)
	for _, key := range keys {
		next, st, ok := in.get(v, key)
		if !ok {
			v = args[2]
			break
		}
		hanging, t = hanging || st.possible, t.union(st.taint)
		v = next
	}
	if hanging {
		all := t.union(in.taintOf(v)).union(in.taintOf(args[2]))
		return in.derive(anyKind, all), certain, true
	}
	return v, certain, true
}

func objectKeys(in *Interpreter, args []ast.Value) (ast.Value, state, bool) {
	if low, _, ok := in.size(args[0]); !ok || in.kindOf(args[0]) != objectKind || low < 0 {
		return nil, certain, false
	}
	var members []member
	f := in.frame()
	defer f.free()
	// The callback never fails.
	_ = f.iterate(args[0], func(k, _ ast.Value, st state) error {
		members = append(members, member{val: k, st: st})
		return nil
	})
	return in.setOf(members), certain, true
}

// objectUnion puts two objects together that have no name in common, whatever
// their members are.
func objectUnion(_ *Interpreter, args []ast.Value) (ast.Value, state, bool) {
	a, ok := args[0].(ast.Object)
	b, also := args[1].(ast.Object)
	if !ok || !also {
		return nil, certain, false
	}
	out, apart := ast.NewObject(), true
	a.Foreach(func(k, v *ast.Term) { out.Insert(k, v) })
	b.Foreach(func(k, v *ast.Term) {
		apart = apart && a.Get(k) == nil
		out.Insert(k, v)
	})
	return out, certain, apart
}

func union(in *Interpreter, args []ast.Value) (ast.Value, state, bool) {
	a, ok := in.membersOf(args[0])
	b, also := in.membersOf(args[1])
	if !ok || !also {
		return nil, certain, false
	}
	return in.setOf(append(a[:len(a):len(a)], b...)), certain, true
}

func intersection(in *Interpreter, args []ast.Value) (ast.Value, state, bool) {
	return in.filter(args, func(ans answer, m member, t taint) (member, bool) {
		if ans == maybe {
			m.st = m.st.hanging(t)
		}
		return m, ans != no
	})
}

func difference(in *Interpreter, args []ast.Value) (ast.Value, state, bool) {
	return in.filter(args, func(ans answer, m member, t taint) (member, bool) {
		if ans == maybe {
			m.st = m.st.hanging(t)
		}
		return m, ans != yes
	})
}

// filter keeps members of the first set by whether they are in the second.
func (in *Interpreter) filter(args []ast.Value, keep func(answer, member, taint) (member, bool)) (ast.Value, state, bool) {
	a, ok := in.membersOf(args[0])
	b, also := in.membersOf(args[1])
	if !ok || !also {
		return nil, certain, false
	}
	var out []member
	for _, m := range a {
		ans, t := in.memberOf(m.val, b)
		if m, ok := keep(ans, m, t); ok {
			out = append(out, m)
		}
	}
	return in.setOf(out), certain, true
}

var kindNames = map[kind]string{
	boolKind: "boolean", numberKind: "number", stringKind: "string",
	arrayKind: "array", setKind: "set", objectKind: "object",
}

// kindNamed is the kind that type_name calls so.
func kindNamed(typ string) kind {
	for k, name := range kindNames {
		if name == typ {
			return k
		}
	}
	return anyKind
}

func typeName(in *Interpreter, args []ast.Value) (ast.Value, state, bool) {
	if name, ok := kindNames[in.kindOf(args[0])]; ok {
		return ast.String(name), certain, true
	}
	return in.derive(stringKind, in.taintOf(args[0])), certain, true
}

// samples stand for values of which only the kind is known.
var samples = map[kind]ast.Value{
	boolKind: ast.Boolean(true), numberKind: ast.Number("0"), stringKind: ast.String(""),
	arrayKind: ast.NewArray(), setKind: ast.NewSet(), objectKind: ast.NewObject(),
}

// isKind answers type tests by asking the built-in itself about a value of the
// same kind: whether a test that fails is false or undefined is its affair.
func isKind(decl *ast.Builtin) refinement {
	return func(in *Interpreter, args []ast.Value) (ast.Value, state, bool) {
		sample, ok := samples[in.kindOf(args[0])]
		if !ok {
			t := in.taintOf(args[0])
			return in.derive(boolKind, t), certain.hanging(t), true
		}
		results, err := in.run(decl, []ast.Value{sample}, nil)
		if err != nil || len(results) == 0 {
			return nil, certain, err == nil
		}
		return results[0], certain, true
	}
}
