package aksnetlint.rules["internal-subnet-delegated_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.joined
import data.aksnetlint.rules["internal-subnet-delegated"] as rule

pools := {"system": {"vnetSubnetID": fixture.nodes_id, "podSubnetID": fixture.pods_id}}

others := object.union(joined.whole, {joined.services_id: object.union(joined.whole[joined.services_id], {"properties": {"delegations": [{"properties": {"serviceName": "Microsoft.Web/serverFarms"}}]}})})

hits(name) := {hit.message |
	cluster := fixture.input_for({"networkProfile": {"networkPlugin": "azure"}, "apiServerAccessProfile": {"subnetId": concat("", [fixture.vnet_id, "/subnets/API"])}}, pools, others)
	some hit in rule.deny with input as joined.linked(joined.internal({"azure-load-balancer-internal-subnet": name}, {}), cluster)
}

test_refused if {
	hits("services") == {"subnet services cannot hold a load balancer: it is delegated to Microsoft.Web/serverFarms"}
	hits("api") == {"subnet api cannot hold a load balancer: it is the subnet of the API server"}
	hits("AzureBastionSubnet") == {"subnet AzureBastionSubnet cannot hold a load balancer: its name is kept for Azure Bastion"}
}

test_pods if hits("pods") == {"subnet pods is the pod subnet of pool system, which AKS delegates to itself: Azure may refuse a load balancer there"}

test_without_cluster if {
	some hit in rule.deny with input as {"resource": joined.internal({"azure-load-balancer-internal-subnet": "GatewaySubnet"}, {})}
	hit.message == "subnet GatewaySubnet cannot hold a load balancer: its name is kept for virtual network gateways"
}

test_fine if hits("nodes") == set()
