package source

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

func benchmarkParse(b *testing.B, name, text string) {
	file := NewFile(name, []byte(text))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := Parse(context.Background(), file, DetectFormat(file), DefaultLimits()); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}

const benchService = `apiVersion: v1
kind: Service
metadata:
  name: shop-%d # the front
  annotations:
    example.com/owner: "team-%d"
spec:
  type: LoadBalancer
  ports:
  - {name: http, port: 80, targetPort: 8080}
  selector:
    app: shop
---
`

func BenchmarkYAML(b *testing.B) {
	var text strings.Builder
	for i := range 100 {
		fmt.Fprintf(&text, benchService, i, i)
	}
	benchmarkParse(b, "x.yaml", text.String())
}

func BenchmarkJSON(b *testing.B) {
	item := `{"type": "Microsoft.Network/virtualNetworks", "name": "[concat('vnet-', copyIndex())]", "properties": {"enabled": true, "count": 3, "text": "a\"b"}},`
	benchmarkParse(b, "x.json", "["+strings.Repeat(item, 500)+"null]")
}

func BenchmarkSplit(b *testing.B) {
	file := NewFile("x.yaml", []byte(strings.Repeat(benchService, 1000)))
	b.SetBytes(int64(len(file.Text)))
	b.ReportAllocs()
	for b.Loop() {
		split(file)
	}
}
