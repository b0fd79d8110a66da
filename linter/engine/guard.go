package engine

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// maxBuilt bounds what one call of a built-in makes, in bytes.
const maxBuilt = 16 << 20

// digitCost is what one digit of a number counts as, in bytes: arithmetic takes
// more than linear time.
const digitCost = 1000

// guards tell, at most, the size in bytes of what a built-in makes of its
// operands. They are the built-ins that neither listen to the end of the evaluation
// nor bound their result by their operands.
var guards = []struct {
	name string
	size func(operands []*ast.Term) int
}{
	{"concat", func(o []*ast.Term) int { return (sizeOf(o[0]) + 1) * sizeOf(o[1]) }},
	{"replace", func(o []*ast.Term) int {
		return sizeOf(o[0]) + strings.Count(textOf(o[0]), textOf(o[1]))*sizeOf(o[2])
	}},
	{"strings.replace_n", func(o []*ast.Term) int { return (sizeOf(o[1]) + 1) * (longestValue(o[0]) + 1) }},
	{"sprintf", func(o []*ast.Term) int { return widths(textOf(o[0]), o[1]) + sizeOf(o[1]) }},
	{"array.concat", func(o []*ast.Term) int { return 16 * (lengthOf(o[0]) + lengthOf(o[1])) }},
	{"bits.lsh", func(o []*ast.Term) int { return digitCost * (len(textOf(o[0])) + numberOf(o[1])/4) }},
	{"numbers.range", func(o []*ast.Term) int { return 16 * distance(o[0], o[1]) }},
	{"numbers.range_step", func(o []*ast.Term) int { return 16 * distance(o[0], o[1]) }},
	{"product", func(o []*ast.Term) int { return digitCost * sizeOf(o[0]) / 16 }},
	{"mul", func(o []*ast.Term) int { return digitCost * (len(textOf(o[0])) + len(textOf(o[1]))) }},
	{"json.marshal", func(o []*ast.Term) int { return sizeOf(o[0]) }},
	{"json.marshal_with_options", func(o []*ast.Term) int { return sizeOf(o[0]) }},
	{"yaml.marshal", func(o []*ast.Term) int { return sizeOf(o[0]) }},
}

// installGuards puts the guards before the built-ins, which OPA keeps for the
// whole process.
var installGuards = sync.OnceFunc(func() {
	for _, g := range guards {
		call := topdown.GetBuiltin(g.name)
		topdown.RegisterBuiltinFunc(g.name, func(bctx topdown.BuiltinContext, operands []*ast.Term, iter func(*ast.Term) error) error {
			if g.size(operands) > maxBuilt {
				return fmt.Errorf("the result would be larger than %d MiB", maxBuilt>>20)
			}
			return call(bctx, operands, iter)
		})
	}
})

// sizeOf is about the size of a value as text. It stops counting beyond maxBuilt: a
// value that holds another one many times over can be endless.
func sizeOf(t *ast.Term) int {
	size := 0
	var add func(t *ast.Term)
	add = func(t *ast.Term) {
		if size > maxBuilt {
			return
		}
		switch v := t.Value.(type) {
		case ast.String:
			size += len(v)
		case ast.Number:
			size += len(v)
		case *ast.Array:
			size += v.Len()
			v.Foreach(add)
		case ast.Set:
			size += v.Len()
			v.Foreach(add)
		case ast.Object:
			size += v.Len()
			v.Foreach(func(k, v *ast.Term) { add(k); add(v) })
		default:
			size += 8
		}
	}
	add(t)
	return size
}

func textOf(t *ast.Term) string {
	switch v := t.Value.(type) {
	case ast.String:
		return string(v)
	case ast.Number:
		return string(v)
	}
	return ""
}

// numberOf is a number, maxBuilt where it is larger.
func numberOf(t *ast.Term) int {
	n, ok := t.Value.(ast.Number)
	if !ok {
		return 0
	}
	i, ok := n.Int()
	if !ok {
		return maxBuilt
	}
	return min(max(i, -maxBuilt), maxBuilt)
}

// distance is how far two numbers are apart.
func distance(a, b *ast.Term) int {
	return max(numberOf(a)-numberOf(b), numberOf(b)-numberOf(a))
}

func lengthOf(t *ast.Term) int {
	if list, ok := t.Value.(*ast.Array); ok {
		return list.Len()
	}
	return 0
}

func longestValue(t *ast.Term) int {
	longest := 0
	if object, ok := t.Value.(ast.Object); ok {
		object.Foreach(func(_, v *ast.Term) { longest = max(longest, len(textOf(v))) })
	}
	return longest
}

// formatWidth finds the widths and precisions of a format, which fmt takes up to
// a million.
var formatWidth = regexp.MustCompile(`\d{3,7}|\*`)

// widths is how long the verbs of a format make its text beyond that of the operands.
func widths(format string, operands *ast.Term) int {
	most := len(format)
	for _, width := range formatWidth.FindAllString(format, -1) {
		if width == "*" {
			most += widestOf(operands)
			continue
		}
		n, _ := strconv.Atoi(width)
		most += n
	}
	return most
}

// widestOf is the largest width that an operand can stand for.
func widestOf(operands *ast.Term) int {
	widest := 0
	if list, ok := operands.Value.(*ast.Array); ok {
		list.Foreach(func(t *ast.Term) { widest = max(widest, min(max(numberOf(t), -numberOf(t)), 1_000_000)) })
	}
	return widest
}
