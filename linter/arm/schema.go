package arm

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// typeDef is the definition of a type: of a parameter, an output, a property,
// or an entry of the template's definitions. Its layers are the node itself and the
// definitions that its $ref leads to; an outer layer's keyword hides an inner one's.
// Source: the article "Type definitions in ARM templates".
type typeDef struct {
	layers      []*source.Node
	definitions *source.Node
	file        *source.File
}

// maxRefs bounds a chain of $ref, which may run in a circle.
const maxRefs = 32

func newTypeDef(file *source.File, node, definitions *source.Node) typeDef {
	t := typeDef{definitions: definitions, file: file}
	for node != nil && node.Kind == source.Object && len(t.layers) < maxRefs {
		t.layers = append(t.layers, node)
		ref := node.GetFold("$ref")
		if ref == nil || ref.Kind != source.String {
			break
		}
		name, ok := strings.CutPrefix(ref.Text, "#/definitions/")
		if !ok {
			break
		}
		node = definitions.GetFold(strings.NewReplacer("~1", "/", "~0", "~").Replace(name))
	}
	return t
}

// of returns the definition of a part.
func (t typeDef) of(node *source.Node) typeDef { return newTypeDef(t.file, node, t.definitions) }

// get returns a keyword of the definition, or nil.
func (t typeDef) get(keyword string) *source.Node {
	for _, layer := range t.layers {
		if n := layer.GetFold(keyword); n != nil {
			return n
		}
	}
	return nil
}

// name returns the type's name in lower case, "" where there is none.
func (t typeDef) name() string {
	if n := t.get("type"); n != nil {
		return strings.ToLower(n.Text)
	}
	return ""
}

func (t typeDef) nullable() bool { return isTrue(t.get("nullable")) }

func (t typeDef) secure() bool {
	switch t.name() {
	case "securestring", "secureobject":
		return true
	}
	return false
}

func isTrue(n *source.Node) bool  { return n != nil && n.Kind == source.Bool && n.Text == "true" }
func isFalse(n *source.Node) bool { return n != nil && n.Kind == source.Bool && n.Text == "false" }

// wanted is what each type takes, in the words of the engine.
var wanted = map[string]struct {
	kind value.Kind
	name string
}{
	"string":       {value.String, "String, Uri"},
	"securestring": {value.String, "String, Uri"},
	"int":          {value.Int, "Integer"},
	"bool":         {value.Bool, "Boolean"},
	"array":        {value.Array, "Array"},
	"object":       {value.Object, "Object"},
	"secureobject": {value.Object, "Object"},
}

// tokenNames are the engine's names of the kinds of a value.
var tokenNames = map[value.Kind]string{
	value.Null: "Null", value.Bool: "Boolean", value.Int: "Integer", value.Float: "Float",
	value.String: "String", value.Array: "Array", value.Object: "Object",
}

// check says what is wrong with a value, "" where nothing is. Unknown parts
// are taken to be right.
func (t typeDef) check(v *value.Value) string {
	if len(t.layers) == 0 || v.Kind == value.Unknown {
		return ""
	}
	if v.Kind == value.Null && t.nullable() {
		return ""
	}
	want, ok := wanted[t.name()]
	if !ok {
		return ""
	}
	if v.Kind != want.kind {
		return fmt.Sprintf("Template parameter JToken type is not valid. Expected '%s'. Actual '%s'.", want.name, tokenNames[v.Kind])
	}
	if wrong := t.checkAllowed(v); wrong != "" {
		return wrong
	}
	switch v.Kind {
	case value.String:
		return t.checkLength(len(utf16.Encode([]rune(v.Str))))
	case value.Int:
		return t.checkRange(v.Int)
	case value.Array:
		return t.checkArray(v)
	case value.Object:
		return t.checkObject(v)
	}
	return ""
}

// checkAllowed: a value must be one of allowedValues; of an array each element
// may be one instead. Text is compared without regard to case.
func (t typeDef) checkAllowed(v *value.Value) string {
	node := t.get("allowedValues")
	if node == nil || node.Kind != source.Array {
		return ""
	}
	in := func(v *value.Value) bool {
		for _, item := range node.Items {
			allowed := value.FromNode(t.file, item)
			if v.Kind == value.Unknown || value.Equal(v, allowed) != value.No ||
				v.Kind == value.String && allowed.Kind == value.String && strings.EqualFold(v.Str, allowed.Str) {
				return true
			}
		}
		return false
	}
	if in(v) {
		return ""
	}
	if v.Kind == value.Array {
		all := true
		for _, item := range v.Items {
			all = all && in(item)
		}
		if all {
			return ""
		}
	}
	shown := "of the parameter"
	if v.Kind == value.String && !t.secure() && !v.Secret {
		shown = "'" + v.Str + "'"
	} else if v.Kind == value.Int && !v.Secret {
		shown = "'" + strconv.FormatInt(v.Int, 10) + "'"
	}
	if t.secure() {
		return "The value of the parameter is not part of the allowed values."
	}
	var names []string
	for _, item := range node.Items {
		names = append(names, item.Text)
	}
	return fmt.Sprintf("The value %s is not part of the allowed value(s): '%s'.", shown, strings.Join(names, ","))
}

func (t typeDef) bound(keyword string) (int64, bool) {
	n := t.get(keyword)
	if n == nil || n.Kind != source.Int {
		return 0, false
	}
	i, err := strconv.ParseInt(n.Text, 10, 64)
	return i, err == nil
}

func (t typeDef) checkLength(n int) string {
	if low, ok := t.bound("minLength"); ok && int64(n) < low {
		return fmt.Sprintf("Length of the value should be greater than or equal to '%d'.", low)
	}
	if high, ok := t.bound("maxLength"); ok && int64(n) > high {
		return fmt.Sprintf("Length of the value should be less than or equal to '%d'.", high)
	}
	return ""
}

func (t typeDef) checkRange(n int64) string {
	if low, ok := t.bound("minValue"); ok && n < low {
		return fmt.Sprintf("The value should be greater than or equal to '%d'.", low)
	}
	if high, ok := t.bound("maxValue"); ok && n > high {
		return fmt.Sprintf("The value should be less than or equal to '%d'.", high)
	}
	return ""
}

func (t typeDef) checkArray(v *value.Value) string {
	if wrong := t.checkLength(len(v.Items)); wrong != "" {
		return wrong
	}
	var prefix []*source.Node
	if n := t.get("prefixItems"); n != nil {
		prefix = n.Items
	}
	items := t.get("items")
	if len(v.Items) < len(prefix) && !t.of(prefix[len(v.Items)]).nullable() || isFalse(items) && len(v.Items) > len(prefix) {
		return fmt.Sprintf("The array should have '%d' elements. Actual '%d'.", len(prefix), len(v.Items))
	}
	for i, item := range v.Items {
		def := items
		if i < len(prefix) {
			def = prefix[i]
		}
		if wrong := t.of(def).check(item); wrong != "" {
			return fmt.Sprintf("[%d]: %s", i, wrong)
		}
	}
	return ""
}

func (t typeDef) checkObject(v *value.Value) string {
	layers := []typeDef{t}
	tag := ""
	if d := t.get("discriminator"); d != nil {
		name := d.GetFold("propertyName")
		if name == nil || name.Kind != source.String {
			return ""
		}
		tag = name.Text
		got := v.Get(tag)
		if got != nil && got.Kind == value.Unknown {
			return ""
		}
		if got == nil || got.Kind != value.String {
			return fmt.Sprintf("The property '%s' is required to tell the type of the object.", tag)
		}
		chosen := d.GetFold("mapping").Get(got.Str)
		if chosen == nil {
			return fmt.Sprintf("The value '%s' of property '%s' is not one of the discriminator's.", got.Str, tag)
		}
		layers = append(layers, t.of(chosen))
	}
	return checkMembers(v, layers, tag)
}

// checkMembers checks an object against the properties of all layers; the
// discriminator's property, tag, is allowed beside them.
func checkMembers(v *value.Value, layers []typeDef, tag string) string {
	declared := func(name string) (typeDef, bool) {
		for _, l := range layers {
			if n := l.get("properties").GetFold(name); n != nil {
				return l.of(n), true
			}
		}
		return typeDef{}, false
	}
	for _, l := range layers {
		properties := l.get("properties")
		if properties == nil {
			continue
		}
		for _, f := range properties.Fields {
			if v.Get(f.Name) == nil && !l.of(f.Value).nullable() {
				return fmt.Sprintf("The property '%s' is required.", f.Name)
			}
		}
	}
	for _, m := range v.Members {
		if def, ok := declared(m.Name); ok {
			if wrong := def.check(m.Value); wrong != "" {
				return fmt.Sprintf("%s: %s", m.Name, wrong)
			}
			continue
		}
		if tag != "" && strings.EqualFold(m.Name, tag) {
			continue
		}
		for _, l := range layers {
			more := l.get("additionalProperties")
			if isFalse(more) {
				return fmt.Sprintf("The property '%s' is not allowed.", m.Name)
			}
			if more != nil && more.Kind == source.Object {
				if wrong := l.of(more).check(m.Value); wrong != "" {
					return fmt.Sprintf("%s: %s", m.Name, wrong)
				}
			}
		}
	}
	return ""
}
