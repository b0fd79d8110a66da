package engine

import (
	"context"
	"fmt"
	"testing"

	"github.com/aksnetlint/aksnetlint/policies"
)

const clusters = "Microsoft.ContainerService/managedClusters"

func builtIn(b testing.TB) *Engine {
	b.Helper()
	options := Options{Settings: map[string]any{"as_of": "2026-01-01"}}
	for _, m := range policies.Modules() {
		options.Modules = append(options.Modules, Module{Path: m.Path, Text: m.Text})
	}
	e, err := New(context.Background(), options)
	if err != nil {
		b.Fatal(err)
	}
	return e
}

// benchInput is a cluster with ten pools in subnets of their own; pick says
// what stands for a value that may be unknown.
func benchInput(b testing.TB, pick func(known any) any) Input {
	b.Helper()
	const vnet = "/subscriptions/s/resourcegroups/g/providers/microsoft.network/virtualnetworks/v"
	const cluster = "/subscriptions/s/resourcegroups/g/providers/microsoft.containerservice/managedclusters/c"
	resources := map[string]any{}
	var pools, poolIDs, subnetIDs, subnets []any
	for i := range 10 {
		name := fmt.Sprintf("p%d", i)
		id := vnet + "/subnets/" + name
		subnet := map[string]any{"name": name, "properties": map[string]any{"addressPrefix": pick(fmt.Sprintf("10.0.%d.0/24", i))}}
		subnets = append(subnets, subnet)
		resources[id] = map[string]any{"id": id, "type": "Microsoft.Network/virtualNetworks/subnets", "name": "v/" + name, "properties": subnet["properties"]}
		subnetIDs = append(subnetIDs, id)
		pool := map[string]any{"name": name, "mode": "System", "vmSize": "Standard_D4s_v5", "count": pick(int64(3)), "maxPods": int64(30), "vnetSubnetID": id}
		pools = append(pools, pool)
		resources[cluster+"/agentpools/"+name] = map[string]any{"id": cluster + "/agentpools/" + name, "type": clusters + "/agentPools", "name": "c/" + name, "properties": pool}
		poolIDs = append(poolIDs, cluster+"/agentpools/"+name)
	}
	resources[vnet] = map[string]any{"id": vnet, "type": "Microsoft.Network/virtualNetworks", "name": "v", "properties": map[string]any{
		"addressSpace": map[string]any{"addressPrefixes": []any{"10.0.0.0/16"}}, "subnets": subnets,
	}}
	judged := map[string]any{"id": cluster, "type": clusters, "name": "c", "location": "westeurope", "apiVersion": "2025-05-01", "properties": map[string]any{
		"kubernetesVersion": "1.33", "agentPoolProfiles": pools,
		"networkProfile": map[string]any{"networkPlugin": "azure", "serviceCidr": "10.2.0.0/16", "dnsServiceIP": "10.2.0.10"},
	}}
	resources[cluster] = judged
	deployment := map[string]any{"resources": resources, "duplicates": map[string]any{}, "by_type": map[string]any{
		"microsoft.containerservice/managedclusters": []any{cluster}, "microsoft.containerservice/managedclusters/agentpools": poolIDs,
		"microsoft.network/virtualnetworks": []any{vnet}, "microsoft.network/virtualnetworks/subnets": subnetIDs,
	}, "context": map[string]any{"subscription": "s", "resourceGroup": "g"}}
	prepare := func(v any) *Document {
		d, err := Prepare(v)
		if err != nil {
			b.Fatal(err)
		}
		return d
	}
	return Input{Kind: clusters, Resource: prepare(judged), Deployment: prepare(deployment), Workspace: prepare(map[string]any{"objects": map[string]any{}})}
}

func benchmarkEval(b *testing.B, pick func(any) any) {
	e := builtIn(b)
	in := benchInput(b, pick)
	res, err := e.Eval(context.Background(), in)
	if err != nil {
		b.Fatal(err)
	}
	if len(res.Failures) > 0 {
		b.Fatal(res.Failures)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.Eval(context.Background(), in); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(res.Evaluated)), "rules")
	b.ReportMetric(float64(len(res.Undecided)), "undecided")
}

func BenchmarkEvalKnown(b *testing.B) { benchmarkEval(b, func(known any) any { return known }) }

func BenchmarkEvalTwentyUnknowns(b *testing.B) {
	benchmarkEval(b, func(any) any { return &Unknown{} })
}

func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		builtIn(b)
	}
}

func BenchmarkNewAndCompile(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if err := builtIn(b).Compile(context.Background(), "Service", clusters); err != nil {
			b.Fatal(err)
		}
	}
}
