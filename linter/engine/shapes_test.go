package engine_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/aksnetlint/aksnetlint/internal/samples"
	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/policies"
)

func builtIn(tb testing.TB) *engine.Engine {
	tb.Helper()
	return newEngine(tb, engine.Options{Settings: map[string]any{"as_of": "2026-01-01"}, Modules: builtInModules()})
}

func newEngine(tb testing.TB, opts engine.Options) *engine.Engine {
	tb.Helper()
	e, err := engine.New(context.Background(), opts)
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

func builtInModules() (list []engine.Module) {
	for _, m := range policies.Modules() {
		list = append(list, engine.Module{Path: m.Path, Text: m.Text})
	}
	return list
}

// grown is an engine with all that a pack tells of common Services, with a rule and a
// setting of a team's own.
func grown(t *testing.T) *engine.Engine {
	t.Helper()
	var list []engine.Sample
	for _, service := range samples.Services() {
		list = append(list, engine.Sample{Kind: "Service", Resource: service})
	}
	data, err := engine.WritePack(context.Background(), builtInModules(), engine.PackKey("x"), list)
	if err != nil {
		t.Fatal(err)
	}
	opts := engine.Options{
		Modules: append(builtInModules(), engine.Module{Path: "team/team_owner.rego", Custom: true, Text: []byte(teamRule)}),
		Params:  map[string]map[string]any{"public-load-balancer": {"allow": []any{"shop/*"}}},
	}
	if opts.Pack, err = engine.OpenPack(string(data)); err != nil {
		t.Fatal(err)
	}
	return newEngine(t, opts)
}

const teamRule = `# METADATA
# title: Service has no owner
# description: Each Service has the name of the team that owns it.
# related_resources:
#   - ref: https://example.com/owners
# custom:
#   severity: warning
#   targets: [Service]
#   remediation: Add the label.
#   since: 1.0.0
package aksnetlint.rules["team-owner"]

deny contains {"path": ["metadata"], "message": sprintf("%s has no owner", [input.resource.metadata.name])} if {
	not input.resource.metadata.labels.owner
}
`

// randomService makes a Service of parts that rules look at. Most parts
// are left out, so that shapes repeat.
func randomService(r *rand.Rand, unknown *engine.Unknown) map[string]any {
	pick := func(values ...any) any { return values[r.IntN(len(values))] }
	rarely := func(m map[string]any, key string, values ...any) {
		if r.IntN(12) == 0 {
			m[key] = pick(values...)
		}
	}
	annotations := map[string]any{}
	const prefix = "service.beta.kubernetes.io/"
	for _, key := range []string{
		"azure-load-balancer-internal", "azure-load-balancer-internal-subnet", "azure-dns-label-name", "azure-pip-name",
		"azure-allowed-ip-ranges", "azure-allowed-service-tags", "azure-load-balancer-ipv4", "azure-pls-create", "azure-load-balancer-tcp-idle-timeout",
		"azure-load-balancer-health-probe-interval", "port_80_health-probe_port", "azure-load-balancer-mode", "aws-load-balancer-type", "azure-load-balancer-internl",
	} {
		rarely(annotations, prefix+key, "true", "false", "", "a-name", "10.0.0.4", "10.0.0.0/8,x", "99", "3", true, 7, nil, unknown)
	}
	port := map[string]any{"port": pick(80, 443, r.IntN(70000))}
	rarely(port, "protocol", "TCP", "UDP", "SCTP", "tcp")
	rarely(port, "appProtocol", "http", "https", "grpc", unknown)
	rarely(port, "targetPort", "http", 8080, 70000, unknown)
	rarely(port, "name", "http", "HTTP", "x")
	ports := []any{port}
	if r.IntN(6) == 0 {
		ports = append(ports, map[string]any{"port": pick(80, 81), "name": pick("http", "b")})
	}
	spec := map[string]any{"type": pick("LoadBalancer", "LoadBalancer", "LoadBalancer", "ClusterIP", "NodePort", "Loadbalancer", unknown), "ports": ports}
	rarely(spec, "loadBalancerIP", "10.0.0.5", "20.1.2.3", "x", "")
	rarely(spec, "loadBalancerClass", "other", nil)
	rarely(spec, "loadBalancerSourceRanges", []any{"10.0.0.0/8"}, []any{"0.0.0.0/0"}, []any{"x", unknown})
	rarely(spec, "externalTrafficPolicy", "Local", "Cluster", "local")
	rarely(spec, "clusterIP", "None", "10.0.0.9")
	rarely(spec, "ipFamilies", []any{"IPv4"}, []any{"IPv6"}, []any{"IPv4", "IPv6"})
	rarely(spec, "allocateLoadBalancerNodePorts", true, false, unknown)
	metadata := map[string]any{"name": fmt.Sprintf("service-%d", r.IntN(1000))}
	rarely(metadata, "namespace", "shop", unknown)
	if len(annotations) > 0 {
		metadata["annotations"] = annotations
	}
	return map[string]any{"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": spec}
}

// TestShapesAgree judges many Services with and without what was learned from
// those that look alike.
func TestShapesAgree(t *testing.T) {
	t.Run("learned", func(t *testing.T) { agree(t, builtIn(t)) })
	t.Run("packed", func(t *testing.T) { agree(t, grown(t)) })
}

func agree(t *testing.T, e *engine.Engine) {
	ctx := context.Background()
	var all []string
	for _, rule := range e.Rules() {
		all = append(all, rule.ID)
	}
	hidden := &engine.Unknown{}
	workspaces := []*engine.Document{
		prepared(t, map[string]any{"objects": map[string]any{"Service": []any{}}}),
		prepared(t, map[string]any{"objects": map[string]any{"Service": []any{}}, "cluster": &engine.Unknown{}}),
		nil,
	}
	r := rand.New(rand.NewPCG(1, 2))
	services := samples.Services()
	rounds := 1200
	if testing.Short() {
		rounds = 300
	}
	for i := range rounds {
		service := randomService(r, hidden)
		if i%4 == 0 {
			service = services[r.IntN(len(services))]
		}
		in := engine.Input{Kind: "Service", Resource: prepared(t, service), Workspace: workspaces[r.IntN(len(workspaces))]}
		got, err := e.Eval(ctx, in)
		if err != nil {
			t.Fatal(err)
		}
		// Naming the rules asks every one of them.
		in.Only = all
		want, err := e.Eval(ctx, in)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("Service %d %v:\n got %+v\nwant %+v", i, service, got, want)
		}
	}
}

func prepared(tb testing.TB, v any) *engine.Document {
	tb.Helper()
	d, err := engine.Prepare(v)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// commonService makes a Service as most are: of one type or another, with a
// port or two, perhaps internal.
func commonService(r *rand.Rand, i int) map[string]any {
	name := fmt.Sprintf("service-%d", i)
	metadata := map[string]any{"name": name, "namespace": fmt.Sprintf("team-%d", r.IntN(20)), "labels": map[string]any{"app": name}}
	ports := []any{map[string]any{"name": "http", "port": 80, "targetPort": 8080}}
	if r.IntN(3) == 0 {
		ports = append(ports, map[string]any{"name": "https", "port": 443, "targetPort": 8443})
	}
	spec := map[string]any{"selector": map[string]any{"app": name}, "ports": ports}
	if r.IntN(3) == 0 {
		spec["type"] = "LoadBalancer"
	}
	if r.IntN(6) == 0 {
		metadata["annotations"] = map[string]any{"service.beta.kubernetes.io/azure-load-balancer-internal": "true"}
	}
	return map[string]any{"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": spec}
}

// BenchmarkManyServices judges a thousand Services beside one workspace.
func BenchmarkManyServices(b *testing.B) {
	e, ctx := builtIn(b), context.Background()
	var all []string
	for _, rule := range e.Rules() {
		all = append(all, rule.ID)
	}
	for _, bench := range []struct {
		name string
		only []string
	}{{"shapes", nil}, {"every rule", all}} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := rand.New(rand.NewPCG(1, 2))
				workspace := prepared(b, map[string]any{"objects": map[string]any{"Service": []any{}}})
				for i := range 1000 {
					in := engine.Input{Kind: "Service", Resource: prepared(b, commonService(r, i)), Workspace: workspace, Only: bench.only}
					if _, err := e.Eval(ctx, in); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
