package arm

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

// largeTemplate makes a template of n networks, each with ten expressions and
// about 3 kB of text.
func largeTemplate(n int) []byte {
	var b strings.Builder
	b.WriteString(`"parameters": {"prefix": {"type": "string", "defaultValue": "net"}},
"variables": {"tags": {"owner": "platform", "stage": "test"}, "name": "[concat(parameters('prefix'), '-main')]"},
"resources": [`)
	note := strings.Repeat("What this network is for, at length. ", 30)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `
  {
    "type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-09-01",
    "name": "[concat(variables('name'), '-%d')]", "location": "[resourceGroup().location]", "tags": "[variables('tags')]",
    "properties": {
      "addressSpace": {"addressPrefixes": ["[format('10.{0}.{1}.0/24', %d, %d)]"]},
      "subnets": [
        {"name": "[concat('a', '%d')]", "properties": {"addressPrefix": "[cidrSubnet('10.0.0.0/16', 24, %d)]",
         "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', variables('name'))]"}}},
        {"name": "[toLower('B%d')]", "properties": {"addressPrefix": "[if(equals(mod(%d, 2), 0), '10.1.0.0/24', '10.2.0.0/24')]",
         "note": "[uniqueString(resourceGroup().id, '%d')]"}}
      ],
      "note": "%s", "more": {"text": "%s", "list": [1, 2, 3, {"deep": true}]}
    }
  }`, i, i/250%250, i%250, i, i%256, i, i, i, note, note)
	}
	b.WriteString("]")
	return []byte(template(b.String()))
}

func BenchmarkParse(b *testing.B) {
	text := largeTemplate(1000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		docs, _ := source.Parse(context.Background(), source.NewFile("t.json", text), source.JSON, source.DefaultLimits())
		if len(docs) != 1 {
			b.Fatal("not parsed")
		}
	}
}

func BenchmarkExpand(b *testing.B) {
	for _, n := range []int{125, 250, 500, 1000} {
		b.Run(fmt.Sprintf("expressions=%d", 10*n), func(b *testing.B) {
			text := largeTemplate(n)
			doc := parseDocument(b, "t.json", text)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				d, err := Expand(context.Background(), doc, Options{})
				if err != nil || len(d.Resources) != n || len(d.Diagnostics) > 0 {
					b.Fatal(err, len(d.Resources), d.Diagnostics)
				}
			}
		})
	}
}

func BenchmarkLocate(b *testing.B) {
	d, err := Expand(context.Background(), parseDocument(b, "t.json", largeTemplate(100)), Options{})
	if err != nil {
		b.Fatal(err)
	}
	path := []any{"properties", "subnets", 1, "properties", "addressPrefix"}
	b.ReportAllocs()
	for b.Loop() {
		if _, depth := d.Resources[50].Locate(path); depth != len(path) {
			b.Fatal(depth)
		}
	}
}
