package function

import (
	"math/big"
	"strings"
	"unicode/utf8"
)

// customFormat is one section of a custom numeric format, cut into tokens.
//
// Source: https://learn.microsoft.com/dotnet/standard/base-types/custom-numeric-format-strings
type customFormat struct {
	tokens []customToken
	// whole and decimals count the digit places before and after the point.
	whole, decimals int
	// minWhole and minDecimals are the digits that are always written.
	minWhole, minDecimals int
	// grouped is set by a comma between digits, scale counts the commas before
	// the point (thousands) and percent the factors of ten.
	grouped bool
	scale   int
	percent int
	point   bool
	// exponent is the number of digits of the exponent, 0 for none.
	exponent     int
	exponentSign bool
	exponentMark byte
}

// customToken is a digit place ('0', '#'), the point ('.'), the exponent ('E')
// or literal text.
type customToken struct {
	kind byte
	text string
}

// customNumber formats with the section for the number's sign: positive (and
// zero where there is no third), negative, zero.
func customNumber(n *big.Float, format string) string {
	sections := customSections(format)
	negative := n.Sign() < 0
	size := new(big.Float).Abs(n)
	section, ownSign := sections[0], false
	switch {
	case negative && len(sections) > 1 && sections[1] != "":
		section, ownSign = sections[1], true
	case n.Sign() == 0 && len(sections) > 2 && sections[2] != "":
		section = sections[2]
	}
	text := parseCustom(section).apply(size)
	if negative && !ownSign && strings.ContainsAny(text, "123456789") {
		return "-" + text
	}
	return text
}

// customSections cuts a format at the semicolons outside of quotes.
func customSections(format string) []string {
	var sections []string
	start := 0
	for i := 0; i < len(format); i++ {
		switch format[i] {
		case '\\':
			i++
		case '\'', '"':
			if end := strings.IndexByte(format[i+1:], format[i]); end >= 0 {
				i += end + 1
			}
		case ';':
			sections = append(sections, format[start:i])
			start = i + 1
		}
	}
	return append(sections, format[min(start, len(format)):])
}

func parseCustom(section string) customFormat {
	var f customFormat
	commas := 0
	for i := 0; i < len(section); {
		width := f.literal(section[i:])
		if width > 0 {
			i += width
			continue
		}
		switch c := section[i]; c {
		case '0', '#':
			if commas > 0 && f.whole > 0 && !f.point {
				f.grouped = true
			}
			commas = 0
			f.digit(c)
		case ',':
			commas++
		case '.':
			if !f.point {
				f.scale, commas = commas, 0
				f.point = true
				f.tokens = append(f.tokens, customToken{kind: '.'})
			}
		case '%':
			f.percent += 2
			f.text("%")
		case 'E', 'e':
			i += f.readExponent(section[i:])
			continue
		}
		i++
	}
	if !f.point {
		f.scale = commas
	}
	return f
}

// literal reads quoted, escaped or plain text and returns its width.
func (f *customFormat) literal(s string) int {
	switch s[0] {
	case '\\':
		if len(s) > 1 {
			_, size := utf8.DecodeRuneInString(s[1:])
			f.text(s[1 : 1+size])
			return 1 + size
		}
		return 1
	case '\'', '"':
		end := strings.IndexByte(s[1:], s[0])
		if end < 0 {
			f.text(s[1:])
			return len(s)
		}
		f.text(s[1 : 1+end])
		return end + 2
	case '0', '#', ',', '.', '%', 'E', 'e':
		return 0
	}
	r, size := utf8.DecodeRuneInString(s)
	if r == '‰' {
		f.percent += 3
	}
	f.text(s[:size])
	return size
}

func (f *customFormat) text(s string) {
	f.tokens = append(f.tokens, customToken{kind: 'L', text: s})
}

func (f *customFormat) digit(c byte) {
	f.tokens = append(f.tokens, customToken{kind: c})
	if f.point {
		f.decimals++
		if c == '0' {
			f.minDecimals = f.decimals
		}
		return
	}
	f.whole++
	if c == '0' || f.minWhole > 0 {
		f.minWhole++
	}
}

// readExponent reads E0, E+0 or E-0; an E alone is text.
func (f *customFormat) readExponent(s string) int {
	at := 1
	sign := at < len(s) && s[at] == '+'
	if at < len(s) && (s[at] == '+' || s[at] == '-') {
		at++
	}
	digits := len(s[at:]) - len(strings.TrimLeft(s[at:], "0"))
	if digits == 0 || f.exponent > 0 {
		f.text(s[:1])
		return 1
	}
	f.exponent, f.exponentSign, f.exponentMark = min(digits, 10), sign, s[0]
	f.tokens = append(f.tokens, customToken{kind: 'E'})
	return at + digits
}

// apply writes a number that is not negative.
func (f customFormat) apply(n *big.Float) string {
	n = new(big.Float).SetPrec(256).Set(n)
	for range f.percent {
		n.Mul(n, big.NewFloat(10))
	}
	for range min(3*f.scale, 60) {
		n.Quo(n, big.NewFloat(10))
	}
	exponent := 0
	if f.exponent > 0 {
		n, exponent = f.normalized(n)
	}
	whole, fraction, _ := strings.Cut(fixed(n, min(f.decimals, 60)), ".")
	fraction = strings.TrimRight(fraction, "0")
	fraction += strings.Repeat("0", max(f.minDecimals-len(fraction), 0))
	whole = zeros(strings.TrimLeft(whole, "0"), f.minWhole)
	return f.write(whole, fraction, exponent)
}

// normalized scales a number to as many whole digits as there are places.
func (f customFormat) normalized(n *big.Float) (*big.Float, int) {
	if n.Sign() == 0 {
		return n, 0
	}
	text := n.Text('e', max(f.whole-1+f.decimals, 0))
	mantissa, exponentText, _ := strings.Cut(text, "e")
	exponent := parseSigned(exponentText) - max(f.whole-1, 0)
	scaled, _, err := big.ParseFloat(mantissa, 10, 256, big.ToNearestEven)
	if err != nil {
		return n, 0
	}
	for range max(f.whole-1, 0) {
		scaled.Mul(scaled, big.NewFloat(10))
	}
	return scaled, exponent
}

func parseSigned(s string) int {
	n, sign := 0, 1
	for _, c := range s {
		switch {
		case c == '-':
			sign = -1
		case c >= '0' && c <= '9':
			n = n*10 + int(c-'0')
		}
	}
	return sign * n
}

// write puts the digits into the places: surplus whole digits go to the first
// place.
func (f customFormat) write(whole, fraction string, exponent int) string {
	var text strings.Builder
	places, written, decimal, afterPoint := f.whole, 0, 0, false
	emit := func(count int) {
		for ; count > 0 && written < len(whole); count-- {
			left := len(whole) - written
			if f.grouped && written > 0 && left%3 == 0 {
				text.WriteByte(',')
			}
			text.WriteByte(whole[written])
			written++
		}
	}
	for _, t := range f.tokens {
		switch {
		case t.kind == 'L':
			text.WriteString(t.text)
		case t.kind == '.':
			emit(len(whole) - written)
			afterPoint = true
			if fraction != "" {
				text.WriteByte('.')
			}
		case t.kind == 'E':
			text.WriteString(f.exponentText(exponent))
		case afterPoint:
			if decimal < len(fraction) {
				text.WriteByte(fraction[decimal])
			}
			decimal++
		default:
			if left := len(whole) - written; left >= places {
				emit(left - places + 1)
			}
			places--
		}
	}
	return text.String()
}

func (f customFormat) exponentText(exponent int) string {
	sign := ""
	if exponent < 0 {
		sign, exponent = "-", -exponent
	} else if f.exponentSign {
		sign = "+"
	}
	return string(f.exponentMark) + sign + zeros(big.NewInt(int64(exponent)).String(), f.exponent)
}
