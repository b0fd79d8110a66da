package linter

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const benchManifest = `apiVersion: v1
kind: Service
metadata:
  name: shop-%[1]d # the front
  namespace: market
  annotations:
    service.beta.kubernetes.io/azure-load-balancer-internal: "true"
spec:
  type: LoadBalancer
  ports:
  - {name: http, port: 80, targetPort: 8080}
  selector:
    app: shop-%[1]d
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop-%[1]d
  namespace: market
spec:
  replicas: 3
  selector:
    matchLabels:
      app: shop-%[1]d
  template:
    metadata:
      labels:
        app: shop-%[1]d
    spec:
      containers:
      - name: shop
        image: registry.example.com/market/shop:2.0.1
        args:
        - |
          set -e
          serve --port 8080
        ports:
        - containerPort: 8080
          name: http
        env:
        - name: LOG_LEVEL
          value: info
        resources:
          requests: {cpu: 100m, memory: 128Mi}
          limits:
            memory: 256Mi
`

// BenchmarkRead lists and reads a folder of 1,000 files with two manifests each.
func BenchmarkRead(b *testing.B) {
	folder := b.TempDir()
	size := 0
	for i := range 1000 {
		text := strings.TrimPrefix(fmt.Sprintf(benchManifest, i), "\n")
		size += len(text)
		path := filepath.Join(folder, fmt.Sprintf("team-%d", i%20), fmt.Sprintf("shop-%d.yaml", i))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		inputs, _, err := discover(context.Background(), []string{folder})
		if err != nil {
			b.Fatal(err)
		}
		r := &run{keepAll: true}
		if _, err := r.read(context.Background(), inputs); err != nil || r.summary.Documents != 2000 {
			b.Fatal(r.summary.Documents, err)
		}
	}
}
