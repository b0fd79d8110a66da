package aksnetlint.rules["subnet-shares-with-others_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["subnet-shares-with-others"] as rule

hits(network, pools, others) := hits_with(network, pools, others, {"as_of": "2026-06-01"})

hits_with(network, pools, others, settings) := {sprintf("%s: %s", [object.get(hit, "severity", "default"), hit.message]) |
	doc := fixture.input_for({"networkProfile": network, "kubernetesVersion": "1.33"}, pools, others)
	some hit in rule.deny with input as doc with data.settings as settings
}

flat := {"networkPlugin": "azure"}

net(range) := fixture.vnet("10.0.0.0/8", {"nodes": {"addressPrefix": range}})

pool(properties) := object.union({"vnetSubnetID": upper(fixture.nodes_id)}, properties)

interface(type, properties) := fixture.resource("/rg/other", type, properties)

in_nodes := {"properties": {"subnet": {"id": fixture.nodes_id}}}

shared(others) := hits(flat, {"system": pool({"count": 1})}, object.union(net("10.1.0.0/24"), others))

test_resources if {
	shared(interface("Microsoft.Network/loadBalancers", {"frontendIPConfigurations": [in_nodes, {}]})) == {"default: subnet nodes of the agent pools is shared with load balancer other (1)"}
	shared(interface("Microsoft.Network/privateEndpoints", in_nodes.properties)) == {"default: subnet nodes of the agent pools is shared with private endpoint other (1)"}
	shared(interface("Microsoft.Network/networkInterfaces", {"ipConfigurations": [in_nodes, in_nodes]})) == {"default: subnet nodes of the agent pools is shared with network interface other (2)"}
	shared(interface("Microsoft.Network/applicationGateways", {"sku": {"capacity": 3}, "gatewayIPConfigurations": [in_nodes], "frontendIPConfigurations": [in_nodes]})) == {"default: subnet nodes of the agent pools is shared with application gateway other (4)"}
	shared(interface("Microsoft.Network/applicationGateways", {"gatewayIPConfigurations": [in_nodes]})) == {"default: subnet nodes of the agent pools is shared with application gateway other (1)"}
}

test_scale_set if {
	properties := {"virtualMachineProfile": {"networkProfile": {"networkInterfaceConfigurations": [{"properties": {"ipConfigurations": [in_nodes]}}]}}}
	set := object.union(interface("Microsoft.Compute/virtualMachineScaleSets", properties)["/rg/other"], {"sku": {"capacity": 4}})
	shared({"/rg/other": set}) == {"default: subnet nodes of the agent pools is shared with scale set other (4)"}
	shared({"/rg/other": object.union(set, {"existing": true, "name": "aks-system-1-vmss"})}) == set()
}

test_services if {
	doc := object.union(
		fixture.input_for({"networkProfile": flat}, {"system": pool({"count": 1})}, net("10.1.0.0/24")),
		{"workspace": {"objects": {"Service": [service("Nodes"), service("elsewhere")]}}},
	)
	deny := rule.deny with input as doc
	{hit.message | some hit in deny} == {"subnet nodes of the agent pools is shared with internal Service shop/web (1)"}
}

service(subnet) := {
	"metadata": {"namespace": "shop", "name": "web", "annotations": {
		"service.beta.kubernetes.io/azure-load-balancer-internal": "true",
		"service.beta.kubernetes.io/azure-load-balancer-internal-subnet": subnet,
	}},
	"spec": {"type": "LoadBalancer"},
}

test_clusters if {
	shared({
		"/other": {"id": "/other", "type": "Microsoft.ContainerService/managedClusters", "name": "other", "properties": {"networkProfile": flat}},
		"/other/agentpools/p": {"id": "/other/agentpools/p", "type": "Microsoft.ContainerService/managedClusters/agentPools", "name": "other/p", "properties": pool({})},
	}) == {"default: subnet nodes of the agent pools is shared with cluster other"}
}

test_alone if {
	shared({}) == set()
	shared(interface("Microsoft.Network/privateEndpoints", {"subnet": {"id": "/elsewhere"}})) == set()
}
