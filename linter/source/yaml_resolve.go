package source

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	yamlv3 "go.yaml.in/yaml/v3"
)

// scalar resolves a scalar as go.yaml.in/yaml/v2 does, which sigs.k8s.io/yaml
// and so Kubernetes read with.
func (r *yamlReader) scalar(n *yamlv3.Node) *Node {
	at := r.place.scalar(n)
	if at.opaque.End > at.opaque.Start {
		r.opaque = append(r.opaque, at.opaque)
	}
	node := &Node{Kind: String, Style: at.style, Span: at.span, jumps: at.jumps}
	if at.nonSpecific {
		r.nonSpecific[n] = true
	}
	switch v := r.resolve(n).(type) {
	case nil:
		node.Kind = Null
	case bool:
		node.Kind, node.Text = Bool, strconv.FormatBool(v)
	case string:
		node.Text = v
	default:
		literal, err := json.Marshal(v)
		if err != nil { // infinity, which sigs.k8s.io/yaml refuses in its own words
			node.Text = n.Value
			break
		}
		node = numberNode(string(literal), at.span)
		node.Style = at.style
		return node
	}
	if node.Kind != String || node.Text != n.Value {
		node.jumps = nil
	}
	return node
}

// resolve returns nil, a bool, int64, uint64, float64 or string. A value
// that its tag does not allow stays a string here; sigs.k8s.io/yaml refuses it.
func (r *yamlReader) resolve(n *yamlv3.Node) any {
	tag := ""
	if n.Style&yamlv3.TaggedStyle != 0 {
		tag = n.Tag
	}
	quoted := n.Style&(yamlv3.DoubleQuotedStyle|yamlv3.SingleQuotedStyle|yamlv3.LiteralStyle|yamlv3.FoldedStyle) != 0
	switch tag {
	case "":
		if quoted || r.nonSpecific[n] {
			return n.Value
		}
		return resolvePlain(n.Value)
	case "!!bool", "!!int", "!!null":
		return resolvePlain(n.Value)
	case "!!float":
		if v, ok := resolvePlain(n.Value).(int64); ok {
			return float64(v)
		}
		return resolvePlain(n.Value)
	case "!!binary":
		data, err := base64.StdEncoding.DecodeString(n.Value)
		if err != nil {
			return n.Value
		}
		return string([]rune(string(data))) // JSON has no bytes: each that is no UTF-8 becomes U+FFFD
	}
	return n.Value
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

var plainFloat = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)

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
	if plainFloat.MatchString(digits) {
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
		switch v := r.resolve(target).(type) {
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
