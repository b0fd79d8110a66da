package aksnetlint.rules["apiserver-subnet_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["apiserver-subnet"] as rule

api := "/rg/microsoft.network/virtualnetworks/net/subnets/api"

hits(access, pools, others) := {sprintf("%s: %s", [object.get(hit, "severity", "default"), hit.message]) |
	doc := fixture.input_for({"apiServerAccessProfile": access}, pools, others)
	some hit in rule.deny with input as doc
}

own := {"subnetId": upper(api)}

delegated := [{"name": "aks", "properties": {"serviceName": "Microsoft.ContainerService/managedClusters"}}]

subnets(properties) := fixture.vnet("10.1.0.0/16", {"api": properties})

test_size if {
	hits(own, {}, subnets({"addressPrefix": "10.1.0.0/29", "delegations": delegated})) == {"default: API server subnet api is 10.1.0.0/29, AKS needs /28 or larger"}
	hits(own, {}, subnets({"addressPrefix": "10.1.0.0/28", "delegations": delegated})) == set()
}

test_delegation if {
	hits(own, {}, subnets({"addressPrefix": "10.1.0.0/27"})) == {"default: API server subnet api is not delegated to Microsoft.ContainerService/managedClusters"}
	hits({}, {}, subnets({"addressPrefix": "10.1.0.0/27"})) == set()
}

test_shared_with_pools if {
	good := subnets({"addressPrefix": "10.1.0.0/27", "delegations": delegated})
	hits(own, {"one": {"vnetSubnetID": api, "podSubnetID": fixture.pods_id}}, good) == {"default: the API server and the nodes of pool one share subnet api"}
	hits(own, {"one": {"vnetSubnetID": fixture.nodes_id, "podSubnetID": api}}, good) == {"default: the API server and the pods of pool one share subnet api"}
	hits(own, {"one": {"vnetSubnetID": fixture.nodes_id}}, good) == set()
}

test_other_network if {
	hits(own, {"one": {"vnetSubnetID": "/rg/microsoft.network/virtualnetworks/far/subnets/nodes"}}, {}) == {"default: the API server's subnet is in virtual network net, the nodes are in far"}
}

test_shared_with_clusters if {
	other := {"/other": {"id": "/other", "type": "Microsoft.ContainerService/managedClusters", "name": "other", "properties": {"apiServerAccessProfile": own}}}
	small := subnets({"addressPrefix": "10.1.0.0/28", "delegations": delegated})
	hits(own, {}, object.union(small, other)) == {"warning: API server subnet api is shared by 2 clusters x 9 = 18 addresses; 10.1.0.0/28 has 11; /27 would do"}
	large := subnets({"addressPrefix": "10.1.0.0/27", "delegations": delegated})
	hits(own, {}, object.union(large, other)) == set()
}

group := "/rg/microsoft.network/networksecuritygroups/nsg"

security_rule(name, priority, properties) := {id: {"id": id, "type": "Microsoft.Network/networkSecurityGroups/securityRules", "name": name, "properties": whole}} if {
	id := sprintf("%s/securityrules/%s", [group, name])
	whole := object.union({"priority": priority, "direction": "Inbound", "protocol": "*", "sourceAddressPrefix": "*", "destinationAddressPrefix": "*"}, properties)
}

guarded(rules) := hits(own, {"one": {"vnetSubnetID": fixture.nodes_id}}, object.union_n(array.concat(rules, [fixture.vnet("10.1.0.0/16", {
	"api": {"addressPrefix": "10.1.0.0/27", "delegations": delegated, "networkSecurityGroup": {"id": upper(group)}},
	"nodes": {"addressPrefix": "10.1.1.0/24"},
})])))

test_security_group if {
	guarded([security_rule("shut", 4000, {"access": "Deny", "destinationPortRange": "*"})]) == {
		"warning: rule shut keeps the nodes in subnet nodes away from port 443 of API server subnet api",
		"warning: rule shut keeps the nodes in subnet nodes away from port 4443 of API server subnet api",
		"warning: rule shut keeps the load balancer away from port 9988 of API server subnet api",
	}
	guarded([security_rule("shut", 4000, {"access": "Deny", "destinationPortRanges": ["400-500"], "sourceAddressPrefix": "VirtualNetwork"})]) == {"warning: rule shut keeps the nodes in subnet nodes away from port 443 of API server subnet api"}
	guarded([security_rule("shut", 4000, {"access": "Deny", "destinationPortRange": "443", "sourceAddressPrefix": "10.1.0.0/16"})]) == {"warning: rule shut keeps the nodes in subnet nodes away from port 443 of API server subnet api"}
}

test_security_group_lets_through if {
	shut := security_rule("shut", 4000, {"access": "Deny", "destinationPortRange": "*"})
	balancer := security_rule("balancer", 110, {"access": "Allow", "destinationPortRange": "9988", "sourceAddressPrefix": "AzureLoadBalancer"})
	guarded([shut, balancer, security_rule("nodes", 100, {"access": "Allow", "destinationPortRanges": ["443", "4443"], "sourceAddressPrefix": "10.1.1.0/25"})]) == set()
	guarded([shut, balancer, security_rule("nodes", 100, {"access": "Allow", "destinationPortRange": "443-4443", "sourceAddressPrefix": "", "sourceApplicationSecurityGroups": [{"id": "/asg"}]})]) == set()
	guarded([security_rule("out", 100, {"access": "Deny", "destinationPortRange": "*", "direction": "Outbound"})]) == set()
	guarded([security_rule("some", 100, {"access": "Deny", "destinationPortRange": "443", "sourceAddressPrefix": "10.1.1.0/25"})]) == set()
	guarded([]) == set()
}
