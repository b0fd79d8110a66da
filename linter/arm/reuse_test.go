package arm

import (
	"context"
	"reflect"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// reuseTemplate varies names, conditions, loops and what refers to them by its
// parameters; one of the variables fails where stage is broken.
const reuseTemplate = `"parameters": {
  "stage": {"type": "string", "defaultValue": "test", "allowedValues": ["test", "prod", "broken"]},
  "label": {"type": "string", "defaultValue": "[concat('x-', parameters('stage'))]"},
  "deep": {"type": "bool", "defaultValue": false},
  "count": {"type": "int", "defaultValue": 2}
},
"variables": {
  "name": "[concat('net-', parameters('label'))]",
  "sizes": {"test": 24, "prod": 22},
  "size": "[variables('sizes')[parameters('stage')]]",
  "fixed": {"list": [1, "[add(1, 2)]", null], "text": "[format('{0}-{1}', 'a', 'b')]"},
  "copy": [{"name": "many", "count": "[parameters('count')]", "input": "[concat(parameters('stage'), copyIndex('many'))]"}]
},
"resources": [
  {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-09-01", "name": "[variables('name')]", "location": "westeurope",
   "tags": "[variables('fixed')]",
   "properties": {
     "addressSpace": {"addressPrefixes": ["[concat('10.0.0.0/', variables('size'))]", "10.1.0.0/16"]},
     "many": "[variables('many')]", "only": "[if(parameters('deep'), variables('size'), 'shallow')]", "settled": {"gone": null, "kept": {"a": [true]}},
     "id": "[resourceId('Microsoft.Network/routeTables', 'routes')]"
   }},
  {"type": "Microsoft.Network/routeTables", "apiVersion": "2023-09-01", "name": "routes", "condition": "[parameters('deep')]", "properties": {
     "network": "[reference(variables('name')).addressSpace]", "here": "[resourceGroup().location]"}},
  {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2023-09-01", "name": "[concat('ip', copyIndex())]",
   "copy": {"name": "ips", "count": "[parameters('count')]"}, "properties": {"stage": "[parameters('stage')]", "same": {"a": [1, 2]}}}
],
"outputs": {"name": {"type": "string", "value": "[variables('name')]"}}`

// TestReuse expands a template in several worlds, by themselves and after another
// one: nothing may tell the two apart.
func TestReuse(t *testing.T) {
	text := func(s string) *value.Value { return value.NewString(s) }
	worlds := []map[string]*value.Value{
		{}, {"stage": text("prod")}, {"stage": text("broken")}, {"deep": value.NewBool(true)}, {"label": text("given")},
		{"STAGE": text("prod"), "deep": value.NewBool(true)}, {"count": value.NewInt(3)}, {"stage": text("none")}, {"unheard": text("of")},
	}
	doc := parseDocument(t, "reuse.json", []byte(template(reuseTemplate)))
	for _, first := range worlds {
		reuse := NewReuse()
		if _, err := Expand(context.Background(), doc, Options{Set: first, Reuse: reuse}); err != nil {
			t.Fatal(err)
		}
		shared := 0
		for _, set := range worlds {
			alone, err := Expand(context.Background(), doc, Options{Set: set})
			if err != nil {
				t.Fatal(err)
			}
			after, err := Expand(context.Background(), doc, Options{Set: set, Reuse: reuse})
			if err != nil {
				t.Fatal(err)
			}
			alone.root, after.root = nil, nil
			if !reflect.DeepEqual(alone, after) {
				t.Errorf("set %v after %v: the expansion is another one", keysOf(set), keysOf(first))
			}
			for _, kept := range reuse.values {
				if holdsValue(after, kept.value) {
					shared++
				}
			}
		}
		if shared == 0 {
			t.Error("nothing was shared")
		}
	}
}

func keysOf(set map[string]*value.Value) []string {
	var list []string
	for name, v := range set {
		list = append(list, name+"="+v.Str)
	}
	return list
}

// holdsValue says whether a resource has the very value among its members.
func holdsValue(d *Deployment, v *value.Value) bool {
	for _, r := range d.Resources {
		for _, m := range r.Value.Members {
			if m.Value == v {
				return true
			}
			for _, inner := range m.Value.Members {
				if inner.Value == v {
					return true
				}
			}
		}
	}
	return false
}
