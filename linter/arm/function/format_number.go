package function

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// maxPrecision bounds the digits that a format may ask for.
const maxPrecision = 10_000

// formatInt formats an integer with a standard or custom format of .NET.
//
// Source: https://learn.microsoft.com/dotnet/standard/base-types/standard-numeric-format-strings
func formatInt(n int64, specifier string) (string, error) {
	if specifier == "" {
		return strconv.FormatInt(n, 10), nil
	}
	letter, precision, ok := standardSpecifier(specifier)
	if !ok {
		return customNumber(new(big.Float).SetPrec(128).SetInt64(n), specifier), nil
	}
	if precision > maxPrecision {
		return "", errSpecifier
	}
	switch letter {
	case 'D', 'd':
		return signed(n < 0, zeros(strconv.FormatUint(magnitude(n), 10), precision)), nil
	case 'X':
		return zeros(strings.ToUpper(strconv.FormatUint(uint64(n), 16)), precision), nil
	case 'x':
		return zeros(strconv.FormatUint(uint64(n), 16), precision), nil
	case 'B', 'b':
		return zeros(strconv.FormatUint(uint64(n), 2), precision), nil
	case 'R', 'r':
		return strconv.FormatInt(n, 10), nil
	case 'G', 'g':
		if precision <= 0 {
			return strconv.FormatInt(n, 10), nil
		}
	}
	exact := new(big.Float).SetPrec(128).SetInt64(n)
	return standardNumber(exact, letter, precision)
}

// formatFloat formats a number with a standard or custom format of .NET.
func formatFloat(f float64, specifier string) (string, error) {
	if specifier == "" || math.IsNaN(f) || math.IsInf(f, 0) {
		return value.FloatText(f), nil
	}
	exact := new(big.Float).SetPrec(128).SetFloat64(f)
	letter, precision, ok := standardSpecifier(specifier)
	switch {
	case !ok:
		return customNumber(exact, specifier), nil
	case precision > maxPrecision, strings.IndexByte("DdXxBb", letter) >= 0:
		return "", errSpecifier
	case letter == 'R' || letter == 'r', (letter == 'G' || letter == 'g') && precision <= 0:
		return value.FloatText(f), nil
	}
	return standardNumber(exact, letter, precision)
}

// standardNumber holds the formats that integers and other numbers share, with
// the symbols of the invariant culture.
func standardNumber(n *big.Float, letter byte, precision int) (string, error) {
	decimals := precision
	if precision < 0 {
		decimals = 2
	}
	negative := n.Sign() < 0
	size := new(big.Float).Abs(n)
	switch letter {
	case 'N', 'n':
		return signed(negative, grouped(fixed(size, decimals))), nil
	case 'F', 'f':
		return signed(negative, fixed(size, decimals)), nil
	case 'C', 'c':
		text := "¤" + grouped(fixed(size, decimals))
		if negative && strings.ContainsAny(text, "123456789") {
			return "(" + text + ")", nil
		}
		return text, nil
	case 'P', 'p':
		return signed(negative, grouped(fixed(size.Mul(size, big.NewFloat(100)), decimals))) + " %", nil
	case 'E', 'e':
		if precision < 0 {
			decimals = 6
		}
		return signed(negative, scientific(size, decimals, letter, 3)), nil
	case 'G', 'g':
		return signed(negative, general(size, precision, letter)), nil
	}
	return "", errSpecifier
}

// fixed writes a number with that many decimals, a half rounded away from zero.
func fixed(n *big.Float, decimals int) string {
	scale := new(big.Float).SetPrec(256).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(min(decimals, 60))), nil))
	scaled := new(big.Float).SetPrec(256).Mul(n, scale)
	units, _ := scaled.Add(scaled, big.NewFloat(0.5)).Int(nil)
	digits := zeros(units.String(), min(decimals, 60)+1)
	point := len(digits) - min(decimals, 60)
	if decimals == 0 {
		return digits
	}
	return digits[:point] + "." + digits[point:] + strings.Repeat("0", max(decimals-60, 0))
}

// scientific writes d.dddE+ddd with at least so many digits in the exponent.
func scientific(n *big.Float, decimals int, letter byte, exponentDigits int) string {
	text := n.Text('e', min(decimals, 60))
	mantissa, exponent, _ := strings.Cut(text, "e")
	if decimals > 60 {
		mantissa += strings.Repeat("0", decimals-60)
	}
	return mantissa + string(letter) + exponent[:1] + zeros(strings.TrimLeft(exponent[1:], "0"), exponentDigits)
}

// general writes so many significant digits, in the shorter of the two forms.
func general(n *big.Float, digits int, letter byte) string {
	if n.Sign() == 0 {
		return "0"
	}
	mantissa, exponentText, _ := strings.Cut(n.Text('e', min(digits, 60)-1), "e")
	exponent, err := strconv.Atoi(exponentText)
	if strings.Contains(mantissa, ".") {
		mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
	}
	if err != nil || exponent >= digits || exponent <= -5 {
		sign := "+"
		if exponent < 0 {
			sign = "-"
		}
		e := byte('E')
		if letter == 'g' {
			e = 'e'
		}
		return mantissa + string(e) + sign + zeros(strconv.Itoa(max(exponent, -exponent)), 2)
	}
	text := n.Text('f', max(digits-1-exponent, 0))
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// zeros fills digits on the left.
func zeros(digits string, width int) string {
	return strings.Repeat("0", max(width-len(digits), 0)) + digits
}

// signed puts a minus before a number that is not zero after rounding.
func signed(negative bool, digits string) string {
	if negative && strings.ContainsAny(digits, "123456789") {
		return "-" + digits
	}
	return digits
}

// grouped puts a comma between each three digits of the integer part.
func grouped(digits string) string {
	whole, fraction, _ := strings.Cut(digits, ".")
	var text strings.Builder
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			text.WriteByte(',')
		}
		text.WriteByte(whole[i])
	}
	if fraction != "" {
		text.WriteString("." + fraction)
	}
	return text.String()
}
