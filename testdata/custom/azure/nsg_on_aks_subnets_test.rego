package aksnetlint.rules["nsg-on-aks-subnets_test"]

import data.aksnetlint.rules["nsg-on-aks-subnets"] as rule

cluster := {"id": "/rg/managedclusters/shop", "type": "Microsoft.ContainerService/managedClusters"}

pool_type := "microsoft.containerservice/managedclusters/agentpools"

pool := "/rg/managedclusters/shop/agentpools/system"

hits(subnet) := n if n := count(rule.deny) with input as {
	"resource": cluster,
	"deployment": {
		"by_type": {pool_type: [pool]},
		"resources": {pool: {"properties": {"vnetSubnetID": "/vnet/subnets/nodes"}}, "/vnet/subnets/nodes": subnet},
	},
}

test_none if hits({"id": "/vnet/subnets/nodes", "properties": {}}) == 1

test_one if hits({"id": "/vnet/subnets/nodes", "properties": {"networkSecurityGroup": {"id": "/nsg"}}}) == 0

pod_pool := {"properties": {"vnetSubnetID": "/vnet/subnets/nodes", "podSubnetID": "/vnet/subnets/pods"}}

test_pod_subnet if count(rule.deny) == 1 with input as {
	"resource": cluster,
	"deployment": {
		"by_type": {pool_type: [pool]},
		"resources": {
			pool: pod_pool,
			"/vnet/subnets/nodes": {"id": "/vnet/subnets/nodes", "properties": {"networkSecurityGroup": {"id": "/nsg"}}},
			"/vnet/subnets/pods": {"id": "/vnet/subnets/pods", "properties": {}},
		},
	},
}
