package expr

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

// The bounds of an expression. Azure itself stops at 24,576 characters; some
// compiled modules are longer.
const (
	MaxLength = 262144
	MaxDepth  = 200
	MaxArgs   = 4096
)

// Error is a place where a text is no expression.
type Error struct {
	// Span is the byte range in the text that was parsed.
	Span source.Span
	// Reason says what was expected or found, in one clause.
	Reason string
	// Limit is set where the text may be right but crosses a bound.
	Limit bool
}

// Error gives the message without the place.
func (e *Error) Error() string {
	if e.Limit {
		return e.Reason
	}
	return "The language expression is not valid: " + e.Reason
}

// Parse reads a string for which IsExpression holds. The error is an *Error.
func Parse(text string) (*Expression, error) {
	if len(text) > MaxLength {
		return nil, &Error{
			Span:   source.Span{Start: 0, End: len(text)},
			Reason: fmt.Sprintf("the expression has %d bytes, more than the limit of %d", len(text), MaxLength),
			Limit:  true,
		}
	}
	if !IsExpression(text) {
		return nil, &Error{Span: source.Span{Start: 0, End: len(text)}, Reason: "it does not stand in brackets."}
	}
	p := &parser{lexer: lexer{text: text, pos: 1, end: len(text) - 1}}
	p.next()
	root, _, err := p.expression(1)
	if err == nil && p.tok.kind != tokenEnd {
		err = p.unexpected("the end of the expression")
	}
	if err != nil {
		return nil, err
	}
	return &Expression{Text: text, Root: root}, nil
}

// parser is a recursive descent parser that looks one token ahead. Its depth is
// bounded by MaxDepth.
type parser struct {
	lexer
	tok token
}

func (p *parser) next() { p.tok = p.scan() }

// unexpected is the error for the current token.
func (p *parser) unexpected(want string) error {
	if p.tok.kind == tokenBad {
		return &Error{Span: p.tok.span, Reason: p.tok.text}
	}
	found := "the end of the expression"
	if p.tok.kind != tokenEnd {
		found = "'" + p.text[p.tok.span.Start:p.tok.span.End] + "'"
	}
	return &Error{Span: p.tok.span, Reason: fmt.Sprintf("expected %s, found %s.", want, found)}
}

// expect consumes a token of one kind and returns it.
func (p *parser) expect(kind tokenKind) (token, error) {
	if p.tok.kind != kind {
		return token{}, p.unexpected(kind.String())
	}
	tok := p.tok
	p.next()
	return tok, nil
}

// expression reads a primary and the accesses that follow it. depth is the
// number of nodes that the parser is inside of, which bounds its own recursion;
// the result's height bounds the recursion of whoever walks the tree.
func (p *parser) expression(depth int) (e Expr, height int, err error) {
	if depth > MaxDepth {
		return nil, 0, p.tooDeep()
	}
	start := p.tok.span.Start
	e, height, err = p.primary(depth)
	for err == nil && (p.tok.kind == tokenDot || p.tok.kind == tokenOpenBracket) {
		if p.tok.kind == tokenDot {
			e, err = p.property(e, start)
		} else {
			var key int
			e, key, err = p.index(e, start, depth)
			height = max(height, key)
		}
		if height++; err == nil && height > MaxDepth {
			err = p.tooDeep()
		}
	}
	if err != nil {
		return nil, 0, err
	}
	return e, height, nil
}

// property reads a dot and a name.
func (p *parser) property(base Expr, start int) (Expr, error) {
	p.next()
	name, err := p.expect(tokenName)
	if err != nil {
		return nil, err
	}
	return &Property{Base: base, Name: name.text, NameAt: name.span, At: source.Span{Start: start, End: name.span.End}}, nil
}

// index reads a key in brackets and returns the height of the key too.
func (p *parser) index(base Expr, start, depth int) (Expr, int, error) {
	p.next()
	key, height, err := p.expression(depth + 1)
	if err != nil {
		return nil, 0, err
	}
	end, err := p.expect(tokenCloseBracket)
	if err != nil {
		return nil, 0, err
	}
	return &Index{Base: base, Key: key, At: source.Span{Start: start, End: end.span.End}}, height, nil
}

func (p *parser) tooDeep() error {
	return &Error{Span: p.tok.span, Reason: fmt.Sprintf("the expression is nested deeper than the limit of %d", MaxDepth), Limit: true}
}

// primary reads a literal or a call.
func (p *parser) primary(depth int) (Expr, int, error) {
	tok := p.tok
	switch tok.kind {
	case tokenString:
		p.next()
		return &String{Value: tok.text, At: tok.span}, 1, nil
	case tokenNumber:
		p.next()
		e, err := number(tok)
		return e, 1, err
	case tokenName:
		p.next()
		return p.call(tok, depth)
	}
	return nil, 0, p.unexpected("a literal or a function")
}

func number(tok token) (Expr, error) {
	if strings.Contains(tok.text, ".") {
		f, err := strconv.ParseFloat(tok.text, 64)
		if err != nil {
			return nil, &Error{Span: tok.span, Reason: fmt.Sprintf("'%s' is not a number.", tok.text)}
		}
		return &Float{Value: f, Literal: tok.text, At: tok.span}, nil
	}
	n, err := strconv.ParseInt(tok.text, 10, 64)
	if err != nil {
		return nil, &Error{Span: tok.span, Reason: fmt.Sprintf("'%s' does not fit into a 64-bit integer.", tok.text)}
	}
	return &Int{Value: n, At: tok.span}, nil
}

// call reads what follows the first name of a call: a second name after a dot,
// and the arguments.
func (p *parser) call(name token, depth int) (Expr, int, error) {
	call := &Call{Name: name.text, NameAt: name.span}
	if p.tok.kind == tokenDot {
		p.next()
		member, err := p.expect(tokenName)
		if err != nil {
			return nil, 0, err
		}
		call.Namespace, call.Name, call.NameAt.End = name.text, member.text, member.span.End
	}
	if _, err := p.expect(tokenOpenParen); err != nil {
		return nil, 0, err
	}
	height, err := p.arguments(call, depth)
	if err != nil {
		return nil, 0, err
	}
	end, err := p.expect(tokenCloseParen)
	if err != nil {
		return nil, 0, err
	}
	if height >= MaxDepth {
		return nil, 0, p.tooDeep()
	}
	call.At = source.Span{Start: name.span.Start, End: end.span.End}
	return call, height + 1, nil
}

// arguments reads up to the closing parenthesis and returns the height of the
// highest argument.
func (p *parser) arguments(call *Call, depth int) (int, error) {
	if p.tok.kind == tokenCloseParen {
		return 0, nil
	}
	highest := 0
	for {
		if len(call.Args) == MaxArgs {
			return 0, &Error{Span: p.tok.span, Reason: fmt.Sprintf("the call has more arguments than the limit of %d", MaxArgs), Limit: true}
		}
		arg, height, err := p.expression(depth + 1)
		if err != nil {
			return 0, err
		}
		call.Args = append(call.Args, arg)
		highest = max(highest, height)
		switch p.tok.kind {
		case tokenCloseParen:
			return highest, nil
		case tokenComma:
			p.next()
		default:
			return 0, p.unexpected("',' or ')'")
		}
	}
}
