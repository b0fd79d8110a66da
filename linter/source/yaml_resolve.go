package source

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"

	yamlv3 "go.yaml.in/yaml/v3"
)

// scalar resolves a scalar as go.yaml.in/yaml/v2 does, which sigs.k8s.io/yaml
// and so Kubernetes read with.
func (r *yamlReader) scalar(n *yamlv3.Node) (*Node, *fault) {
	at := r.place.scalar(n)
	if at.opaque.End > at.opaque.Start {
		r.opaque = append(r.opaque, at.opaque)
	}
	if at.nonSpecific {
		r.nonSpecific[n] = true
	}
	node := &Node{Kind: String, Style: at.style, Span: at.span, jumps: at.jumps}
	value, ok := r.resolve(n)
	if !ok {
		return nil, &fault{Syntax, firstLine(r.text, at.span), fmt.Sprintf("%q is no %s", clip(n.Value), n.Tag)}
	}
	switch v := value.(type) {
	case nil:
		node.Kind = Null
	case bool:
		node.Kind, node.Text = Bool, strconv.FormatBool(v)
	case string:
		node.Text = v
	default:
		literal, err := json.Marshal(v)
		if err != nil { // infinity and the like, which a key may be but no value
			node.Kind, node.Text = Float, n.Value
			break
		}
		node = numberNode(string(literal), at.span)
		node.Style = at.style
		return node, nil
	}
	if node.Kind != String || node.Text != n.Value {
		node.jumps = nil
	}
	return node, nil
}

// resolve returns nil, a bool, int64, uint64, float64 or string; false for a
// value that its tag does not allow.
func (r *yamlReader) resolve(n *yamlv3.Node) (value any, ok bool) {
	tag := ""
	if n.Style&yamlv3.TaggedStyle != 0 {
		tag = n.Tag
	}
	const notPlain = yamlv3.DoubleQuotedStyle | yamlv3.SingleQuotedStyle | yamlv3.LiteralStyle | yamlv3.FoldedStyle
	if tag == "" && (n.Style&notPlain != 0 || r.nonSpecific[n]) {
		return n.Value, true
	}
	switch tag {
	case "":
		return resolvePlain(n.Value), true
	case "!!bool":
		value, ok = resolvePlain(n.Value).(bool)
		return value, ok
	case "!!null":
		return nil, resolvePlain(n.Value) == nil
	case "!!int":
		value = resolvePlain(n.Value)
		_, small := value.(int64)
		_, large := value.(uint64)
		return value, small || large
	case "!!float":
		value = resolvePlain(n.Value)
		if v, whole := value.(int64); whole {
			return float64(v), true
		}
		_, ok = value.(float64)
		return value, ok
	case "!!binary":
		data, err := base64.StdEncoding.DecodeString(n.Value)
		// JSON has no bytes: each that is no UTF-8 becomes U+FFFD.
		return string([]rune(string(data))), err == nil
	}
	return n.Value, true
}

// plainWords are the words of YAML 1.1 in the spellings that yaml.v2 knows.
var plainWords = map[string]any{
	"": nil, "~": nil, "null": nil, "Null": nil, "NULL": nil,
	"y": true, "Y": true, "yes": true, "Yes": true, "YES": true,
	"true": true, "True": true, "TRUE": true, "on": true, "On": true, "ON": true,
	"n": false, "N": false, "no": false, "No": false, "NO": false,
	"false": false, "False": false, "FALSE": false, "off": false, "Off": false, "OFF": false,
	".nan": math.NaN(), ".NaN": math.NaN(), ".NAN": math.NaN(),
	".inf": math.Inf(1), ".Inf": math.Inf(1), ".INF": math.Inf(1),
	"+.inf": math.Inf(1), "+.Inf": math.Inf(1), "+.INF": math.Inf(1),
	"-.inf": math.Inf(-1), "-.Inf": math.Inf(-1), "-.INF": math.Inf(-1),
}

var plainFloat = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
})

func resolvePlain(s string) any {
	if s == "" {
		return nil
	}
	switch c := s[0]; {
	case strings.IndexByte("yYnNtTfFoO~", c) >= 0:
		if word, ok := plainWords[s]; ok {
			return word
		}
	case c == '.':
		if word, ok := plainWords[s]; ok {
			return word
		}
		if v, err := strconv.ParseFloat(s, 64); err == nil {
			return v
		}
	case c == '+' || c == '-' || '0' <= c && c <= '9':
		if word, ok := plainWords[s]; ok {
			return word
		}
		return resolveNumber(s)
	}
	return s
}

// resolveNumber knows decimals, octals with 0 or 0o, hexadecimals, binaries,
// underscores and floats; everything else, dates included, is a string.
func resolveNumber(s string) any {
	digits := strings.ReplaceAll(s, "_", "")
	if v, err := strconv.ParseInt(digits, 0, 64); err == nil {
		return v
	}
	if v, err := strconv.ParseUint(digits, 0, 64); err == nil {
		return v
	}
	if plainFloat().MatchString(digits) {
		if v, err := strconv.ParseFloat(digits, 64); err == nil {
			return v
		}
	}
	// Of a binary number with a second sign, as in 0b-1, yaml.v2 takes both.
	if rest, ok := strings.CutPrefix(digits, "0b"); ok {
		if v, err := strconv.ParseInt(rest, 2, 64); err == nil {
			return v
		}
	} else if rest, ok := strings.CutPrefix(digits, "-0b"); ok {
		if v, err := strconv.ParseInt("-"+rest, 2, 64); err == nil {
			return v
		}
	}
	return s
}

func (r *yamlReader) isMerge(n *yamlv3.Node, key *Node) bool {
	if n.Kind != yamlv3.ScalarNode || n.Value != "<<" {
		return false
	}
	tagged := n.Style&yamlv3.TaggedStyle != 0
	return tagged && n.Tag == "!!merge" || !tagged && (key.Style == Plain || r.nonSpecific[n])
}

// keyName returns the name that a key has in JSON: sigs.k8s.io/yaml writes
// numbers and booleans as text and refuses null.
func (r *yamlReader) keyName(n *yamlv3.Node, key *Node) (string, *fault) {
	target := n
	if n.Kind == yamlv3.AliasNode {
		target = n.Alias
	}
	if target.Kind == yamlv3.ScalarNode {
		value, _ := r.resolve(target)
		switch v := value.(type) {
		case string:
			return key.Text, nil
		case bool, int64:
			return fmt.Sprint(v), nil
		case float64:
			name := strconv.FormatFloat(v, 'g', -1, 32)
			if word, ok := notFinite[name]; ok {
				name = word
			}
			return name, nil
		}
	}
	return "", r.fault(n, Syntax, fmt.Sprintf("a key must be text, a boolean or a number, found %s", key.Kind))
}

var notFinite = map[string]string{"+Inf": ".inf", "-Inf": "-.inf", "NaN": ".nan"}
