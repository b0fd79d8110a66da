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

const benchDeployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
  namespace: front
  labels:
    app.kubernetes.io/name: shop
    app.kubernetes.io/part-of: "market"
spec:
  replicas: 3
  selector:
    matchLabels:
      app.kubernetes.io/name: shop
  template:
    metadata:
      labels:
        app.kubernetes.io/name: shop
    spec:
      # the cache is warmed first
      initContainers:
        - name: warm
          image: registry.example.com/market/warm:1.4.2
          command: ["sh", "-c"]
          args:
            - |
              set -e
              for page in / /cart; do
                fetch "http://shop$page"
              done
      containers:
        - name: shop
          image: registry.example.com/market/shop:2.0.1
          ports:
            - containerPort: 8080
              name: http
          env:
            - name: LOG_LEVEL
              value: info
            - name: CACHE
              value: "true"
          resources:
            requests: {cpu: 100m, memory: 128Mi}
            limits:
              memory: 256Mi
          readinessProbe:
            httpGet:
              path: /ready
              port: http
            periodSeconds: 10
`

// BenchmarkDocument reads one manifest by quickReader and without it.
func BenchmarkDocument(b *testing.B) {
	for _, c := range []struct{ name, text string }{{"service", strings.TrimSuffix(benchService, "---\n")}, {"deployment", benchDeployment}} {
		text, span := []byte(c.text), Span{0, len(c.text)}
		b.Run(c.name+"/quick", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				q := newQuickReader(text)
				if _, _, ok := q.read(span, DefaultLimits()); !ok {
					b.Fatal("declined")
				}
				q.done()
			}
		})
		b.Run(c.name+"/full", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := readYAML(text, span, DefaultLimits()); err != nil {
					b.Fatal(err.message)
				}
			}
		})
	}
}

// BenchmarkRelease reads 100 Services that are looked at for a moment, and either
// keeps the trees or releases them.
func BenchmarkRelease(b *testing.B) {
	for _, release := range []bool{false, true} {
		b.Run(fmt.Sprintf("release=%t", release), func(b *testing.B) {
			text := []byte(strings.Repeat(benchService, 100))
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				docs, _ := Parse(context.Background(), NewFile("x.yaml", text), YAML, DefaultLimits())
				for _, doc := range docs {
					if release {
						doc.Release()
					}
				}
			}
		})
	}
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
