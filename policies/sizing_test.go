package policies_test

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter/engine"
	"github.com/aksnetlint/aksnetlint/policies"
)

// sizingPool is one agent pool of a row of the table. Only scaled pools have
// maxCount; MaxPods 0 leaves the default.
type sizingPool struct {
	Count, MaxPods, MaxCount int
	Surge                    string
}

// sizingRow is one cluster whose pools stand in one subnet (or, in pod-* modes, take
// pod addresses from it; in *-podcidr modes, take them from podCidr).
type sizingRow struct {
	mode   string
	pools  []sizingPool
	prefix int
	// sum is what the pools take, fits whether that prefix has it.
	sum  int
	fits bool
}

func nodes(count, maxPods int) sizingPool { return sizingPool{Count: count, MaxPods: maxPods} }
func scaled(count, max, pods int) sizingPool {
	return sizingPool{Count: count, MaxCount: max, MaxPods: pods}
}

// TestSizing holds the arithmetic of the sizing rules against sums worked out by hand.
//
// With cap = maxCount of an autoscaled pool, else count, and m = maxPods (default: node
// subnet 30, pod subnet 250):
//
//	node-subnet               sum of cap x (m - 1), against 2^(32-p) - 5
//	node-subnet-docs          sum of cap x (m + 1), the same (ip_model docs)
//	upgrade                   sum of (cap + surge) x (m - 1), the same
//	kubenet, overlay, none    sum of cap, the same
//	pod-node                  sum of cap for the node subnet beside a pod subnet, the same
//	pod-dynamic               sum of cap x 16, the same
//	pod-static                sum of cap x 16 x ceil((m + 1) / 16), the same
//	overlay-podcidr           sum of cap x 256, against 2^(32-p)
//	kubenet-podcidr           sum of (cap + surge) x 256, against 2^(32-p)
//
// surge is a share of cap rounded up, or a number of at most cap; omitted it is 10 % from
// Kubernetes 1.32 on, which is the version of the rows.
func TestSizing(t *testing.T) {
	rows := []sizingRow{
		// Sums that AKS itself printed in its error messages, with the capacities that it named.
		{"node-subnet", []sizingPool{nodes(1, 0)}, 28, 29, false},                         // 1 x 29 > 11
		{"node-subnet", []sizingPool{nodes(1, 0)}, 27, 29, false},                         // 1 x 29 > 27
		{"node-subnet", []sizingPool{scaled(2, 10, 30)}, 24, 290, false},                  // 10 x 29 > 251
		{"node-subnet", []sizingPool{nodes(2, 250)}, 24, 498, false},                      // 2 x 249 > 251
		{"node-subnet", []sizingPool{nodes(3, 250)}, 24, 747, false},                      // 3 x 249 > 251
		{"node-subnet", []sizingPool{nodes(1, 110), nodes(2, 110)}, 24, 327, false},       // 3 x 109 > 250
		{"node-subnet", []sizingPool{nodes(2, 110)}, 25, 218, false},                      // 2 x 109 > 123
		{"node-subnet", []sizingPool{nodes(4, 110)}, 24, 436, false},                      // 4 x 109 > 251
		{"overlay", []sizingPool{scaled(1, 999, 0), scaled(1, 999, 0)}, 22, 1998, false},  // 2 x 999 > 1019
		{"pod-static", []sizingPool{nodes(10, 250)}, 26, 2560, false},                     // 10 x 16 x 16, see pod-dynamic for what AKS checks
		{"pod-dynamic", []sizingPool{nodes(10, 250)}, 26, 160, false},                     // 10 x 16 > 59
		{"overlay-podcidr", []sizingPool{nodes(3, 0), scaled(3, 30, 0)}, 19, 8448, false}, // 33 x 256 > 8192
		{"overlay-podcidr", []sizingPool{nodes(5, 0)}, 22, 1280, false},                   // 5 x 256 > 1024
		// Sums of the documented formula that messages of 2018 to 2020 show.
		{"node-subnet-docs", []sizingPool{nodes(10, 30)}, 24, 310, false},  // 10 x 31 > 251
		{"node-subnet-docs", []sizingPool{nodes(3, 110)}, 24, 333, false},  // 3 x 111 > 251
		{"node-subnet-docs", []sizingPool{nodes(5, 100)}, 24, 505, false},  // 5 x 101 > 251
		{"node-subnet-docs", []sizingPool{nodes(51, 30)}, 21, 1581, true},  // 51 x 31 <= 2043
		{"node-subnet-docs", []sizingPool{nodes(61, 30)}, 21, 1891, true},  // 61 x 31 <= 2043
		{"node-subnet-docs", []sizingPool{nodes(66, 30)}, 21, 2046, false}, // 66 x 31 > 2043
		// The edges of each prefix: the most nodes that fit, and one more.
		{"node-subnet", []sizingPool{nodes(2, 0)}, 26, 58, true},                        // 2 x 29 <= 59
		{"node-subnet", []sizingPool{nodes(3, 0)}, 26, 87, false},                       // 3 x 29 > 59
		{"node-subnet", []sizingPool{nodes(8, 0)}, 24, 232, true},                       // 8 x 29 <= 251
		{"node-subnet", []sizingPool{nodes(9, 0)}, 24, 261, false},                      // 9 x 29 > 251
		{"node-subnet", []sizingPool{nodes(35, 0)}, 22, 1015, true},                     // 35 x 29 <= 1019
		{"node-subnet", []sizingPool{nodes(36, 0)}, 22, 1044, false},                    // 36 x 29 > 1019
		{"node-subnet", []sizingPool{nodes(141, 0)}, 20, 4089, true},                    // 141 x 29 <= 4091
		{"node-subnet", []sizingPool{nodes(142, 0)}, 20, 4118, false},                   // 142 x 29 > 4091
		{"node-subnet", []sizingPool{nodes(18, 110)}, 21, 1962, true},                   // 18 x 109 <= 2043
		{"node-subnet", []sizingPool{nodes(19, 110)}, 21, 2071, false},                  // 19 x 109 > 2043
		{"node-subnet", []sizingPool{nodes(16, 250)}, 20, 3984, true},                   // 16 x 249 <= 4091
		{"node-subnet", []sizingPool{nodes(17, 250)}, 20, 4233, false},                  // 17 x 249 > 4091
		{"node-subnet", []sizingPool{nodes(2259, 0)}, 16, 65511, true},                  // 2259 x 29 <= 65531
		{"node-subnet", []sizingPool{nodes(3, 60), scaled(2, 20, 60)}, 24, 1357, false}, // 3 x 59 + 20 x 59 > 251
		{"node-subnet", []sizingPool{nodes(3, 0), nodes(10, 60)}, 22, 677, true},        // 3 x 29 + 10 x 59 <= 1019
		{"node-subnet", []sizingPool{nodes(3, 200)}, 20, 597, true},                     // 3 x 199 <= 4091
		{"node-subnet", []sizingPool{nodes(0, 0), nodes(4, 15)}, 26, 56, true},          // 0 x 29 + 4 x 14 <= 59
		{"kubenet", []sizingPool{nodes(251, 0)}, 24, 251, true},                         // 251 <= 251
		{"kubenet", []sizingPool{nodes(200, 0), nodes(52, 0)}, 24, 252, false},          // 252 > 251
		{"none", []sizingPool{nodes(12, 250)}, 28, 12, false},                           // 12 > 11
		{"overlay", []sizingPool{nodes(27, 250)}, 27, 27, true},                         // 27 <= 27
		{"pod-node", []sizingPool{nodes(11, 250)}, 28, 11, true},                        // 11 <= 11
		{"upgrade", []sizingPool{nodes(7, 0)}, 24, 232, true},                           // (7 + 1) x 29 <= 251
		{"upgrade", []sizingPool{nodes(8, 0)}, 24, 261, false},                          // (8 + 1) x 29 > 251
		{"upgrade", []sizingPool{{Count: 12, Surge: "33%"}}, 23, 464, true},             // (12 + 4) x 29 <= 507
		{"upgrade", []sizingPool{{Count: 12, Surge: "50%"}}, 23, 522, false},            // (12 + 6) x 29 > 507
		{"upgrade", []sizingPool{{Count: 3, Surge: "9"}}, 25, 174, false},               // (3 + 3) x 29 > 123
		{"upgrade", []sizingPool{nodes(25, 20)}, 23, 532, false},                        // (25 + 3) x 19 > 507
		{"pod-dynamic", []sizingPool{nodes(15, 0)}, 24, 240, true},                      // 15 x 16 <= 251
		{"pod-dynamic", []sizingPool{nodes(16, 0)}, 24, 256, false},                     // 16 x 16 > 251
		{"pod-static", []sizingPool{nodes(3, 31)}, 24, 96, true},                        // 3 x 16 x 2 <= 251
		{"pod-static", []sizingPool{nodes(3, 32)}, 25, 144, false},                      // 3 x 16 x 3 > 123
		{"pod-static", []sizingPool{nodes(3, 0)}, 22, 768, true},                        // 3 x 16 x 16 <= 1019
		{"pod-static", []sizingPool{nodes(4, 0)}, 22, 1024, false},                      // 4 x 16 x 16 > 1019
		{"overlay-podcidr", []sizingPool{nodes(256, 0)}, 16, 65536, true},               // 256 x 256 <= 65536
		{"overlay-podcidr", []sizingPool{nodes(257, 0)}, 16, 65792, false},              // 257 x 256 > 65536
		{"kubenet-podcidr", []sizingPool{nodes(14, 0)}, 20, 4096, true},                 // (14 + 2) x 256 <= 4096
		{"kubenet-podcidr", []sizingPool{nodes(15, 0)}, 20, 4352, false},                // (15 + 2) x 256 > 4096
	}
	if len(rows) < 40 {
		t.Fatalf("the table has %d rows", len(rows))
	}
	engines := map[string]*engine.Engine{"rp": sizingEngine(t, "rp"), "docs": sizingEngine(t, "docs")}
	for _, row := range rows {
		t.Run(fmt.Sprintf("%s/%d in %d", row.mode, row.sum, row.prefix), func(t *testing.T) {
			t.Parallel()
			e := engines["rp"]
			if row.mode == "node-subnet-docs" {
				e = engines["docs"]
			}
			if found, _ := judgeSizing(t, e, row, row.prefix, 0); found == row.fits {
				t.Errorf("too small for /%d: %v, want %v", row.prefix, found, !row.fits)
			}
			found, sum := judgeSizing(t, e, row, tightPrefix(row), 0)
			if row.mode == "upgrade" {
				// Others leave just the room that the pools take without surge nodes.
				full := row
				full.mode = "node-subnet"
				_, taken := judgeSizing(t, e, full, 29, 0)
				found, sum = judgeSizing(t, e, row, row.prefix, 1<<(32-row.prefix)-5-taken)
			}
			if !found || sum != row.sum {
				t.Errorf("sum = %d (finding: %v), want %d", sum, found, row.sum)
			}
		})
	}
}

// tightPrefix is a range in which the pools of a row do not fit, so that a
// finding shows the sum. Static blocks are looked at only where 16 addresses a node fit.
func tightPrefix(row sizingRow) int {
	switch row.mode {
	case "overlay-podcidr", "kubenet-podcidr":
		return 31
	case "pod-static":
		nodes := 0
		for _, p := range row.pools {
			nodes += max(p.Count, p.MaxCount)
		}
		prefix := 29
		for 1<<(32-prefix)-5 < 16*nodes {
			prefix--
		}
		return prefix
	}
	return 29
}

var sumInMessage = regexp.MustCompile(`= (\d+) addresses;`)

// judgeSizing says whether the rule of the row's mode finds the prefix too small, and
// the sum in its message. taken addresses of the subnet belong to others.
func judgeSizing(t *testing.T, e *engine.Engine, row sizingRow, prefix, taken int) (found bool, sum int) {
	t.Helper()
	resource, deployment := sizingInput(row, prefix, taken)
	prepared := make([]*engine.Document, 2)
	for i, v := range []any{resource, deployment} {
		d, err := engine.Prepare(v)
		if err != nil {
			t.Fatal(err)
		}
		prepared[i] = d
	}
	result, err := e.Eval(context.Background(), engine.Input{
		Kind: "Microsoft.ContainerService/managedClusters", Resource: prepared[0], Deployment: prepared[1],
	})
	if err != nil || len(result.Failures) > 0 {
		t.Fatalf("%v %v", err, result.Failures)
	}
	rule := map[string]string{
		"upgrade": "subnet-no-room-to-upgrade", "pod-dynamic": "podsubnet-too-small", "pod-static": "podsubnet-too-small",
		"overlay-podcidr": "overlay-podcidr-too-small", "kubenet-podcidr": "kubenet-podcidr-too-small",
	}[row.mode]
	if rule == "" {
		rule = "subnet-too-small"
	}
	for _, hit := range result.Hits {
		if hit.Rule != rule || hit.Severity != engine.Error && rule == "podsubnet-too-small" {
			continue
		}
		m := sumInMessage.FindStringSubmatch(hit.Message)
		if m == nil {
			t.Fatalf("no sum in %q", hit.Message)
		}
		sum, _ = strconv.Atoi(m[1])
		found = true
	}
	return found, sum
}

// sizingInput is a cluster with the pools of a row, all in one subnet of the prefix.
func sizingInput(row sizingRow, prefix, taken int) (resource, deployment map[string]any) {
	const cluster, vnet = "/cluster", "/net"
	network := map[string]any{"networkPlugin": "azure"}
	switch mode, _, _ := strings.Cut(row.mode, "-"); mode {
	case "kubenet", "none":
		network["networkPlugin"] = mode
	case "overlay":
		network["networkPluginMode"] = mode
	}
	subnet := fmt.Sprintf("10.0.0.0/%d", prefix)
	if strings.HasSuffix(row.mode, "-podcidr") {
		network["podCidr"], subnet = subnet, "10.0.0.0/8"
	}
	inPods := strings.HasPrefix(row.mode, "pod-") && row.mode != "pod-node"
	resource = object("id", cluster, "name", "cluster", "type", "Microsoft.ContainerService/managedClusters",
		"properties", object("kubernetesVersion", "1.33", "networkProfile", network))
	resources := map[string]any{
		cluster:                 resource,
		vnet + "/subnets/tight": object("id", vnet+"/subnets/tight", "properties", object("addressPrefix", subnet)),
		vnet + "/subnets/wide":  object("id", vnet+"/subnets/wide", "properties", object("addressPrefix", "10.0.0.0/8")),
		"/others":               others(vnet+"/subnets/tight", taken),
	}
	var pools []any
	for i, p := range row.pools {
		id := fmt.Sprintf("%s/agentpools/pool%d", cluster, i)
		properties := object("count", p.Count, "vnetSubnetID", vnet+"/subnets/tight")
		if p.MaxCount > 0 {
			properties["enableAutoScaling"], properties["maxCount"] = true, p.MaxCount
		}
		if p.MaxPods > 0 {
			properties["maxPods"] = p.MaxPods
		}
		if p.Surge != "" {
			properties["upgradeSettings"] = object("maxSurge", p.Surge)
		}
		switch {
		case inPods:
			properties["vnetSubnetID"], properties["podSubnetID"] = vnet+"/subnets/wide", vnet+"/subnets/tight"
		case row.mode == "pod-node":
			properties["podSubnetID"] = vnet + "/subnets/wide"
		}
		if row.mode == "pod-static" {
			properties["podIPAllocationMode"] = "StaticBlock"
		}
		resources[id] = object("id", id, "name", fmt.Sprintf("cluster/pool%d", i), "properties", properties)
		pools = append(pools, id)
	}
	return resource, object("resources", resources, "by_type", object(
		"microsoft.containerservice/managedclusters", []any{cluster},
		"microsoft.containerservice/managedclusters/agentpools", pools,
		"microsoft.compute/virtualmachinescalesets", []any{"/others"},
	))
}

// others is a scale set that takes so many addresses of a subnet.
func others(subnet string, addresses int) map[string]any {
	address := object("properties", object("subnet", object("id", subnet)))
	nic := object("properties", object("ipConfigurations", []any{address}))
	return object("id", "/others", "name", "others", "sku", object("capacity", addresses), "properties",
		object("virtualMachineProfile", object("networkProfile", object("networkInterfaceConfigurations", []any{nic}))))
}

func object(pairs ...any) map[string]any {
	m := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i].(string)] = pairs[i+1]
	}
	return m
}

func sizingEngine(t *testing.T, model string) *engine.Engine {
	t.Helper()
	var modules []engine.Module
	for _, m := range policies.Modules() {
		modules = append(modules, engine.Module{Path: m.Path, Text: m.Text})
	}
	e, err := engine.New(context.Background(), engine.Options{
		Modules: modules, Schemas: policies.Schemas(),
		Settings: map[string]any{"as_of": "2026-06-01", "ip_model": model},
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}
