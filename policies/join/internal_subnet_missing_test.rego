package aksnetlint.rules["internal-subnet-missing_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.joined
import data.aksnetlint.rules["internal-subnet-missing"] as rule

hits(values, cluster) := {[hit.path[2], hit.message] |
	some hit in rule.deny with input as joined.linked(joined.internal(values, {}), cluster)
}

own := joined.overlay(fixture.own_network, joined.whole)

managed := joined.overlay({"system": {}}, {})

test_missing if {
	hits({"azure-load-balancer-internal-subnet": "frontends"}, own) == {["service.beta.kubernetes.io/azure-load-balancer-internal-subnet", "virtual network net has no subnet frontends (it has nodes, pods, services)"]}
	hits({"azure-pls-create": "true", "azure-pls-ip-configuration-subnet": "links"}, own) == {["service.beta.kubernetes.io/azure-pls-ip-configuration-subnet", "virtual network net has no subnet links (it has nodes, pods, services)"]}
}

test_many_subnets_are_not_listed if {
	many := object.union_n([joined.whole, {id: subnet |
		some i in numbers.range(1, 9)
		id := sprintf("%s/subnets/s%d", [fixture.vnet_id, i])
		subnet := {"id": id, "type": "Microsoft.Network/virtualNetworks/subnets", "properties": {"addressPrefix": sprintf("10.1.%d.0/24", [20 + i])}}
	}])
	hits({"azure-load-balancer-internal-subnet": "frontends"}, joined.overlay(fixture.own_network, many)) == {["service.beta.kubernetes.io/azure-load-balancer-internal-subnet", "virtual network net has no subnet frontends"]}
}

# The network does not list its subnets: it keeps those that it has.
test_likely_missing if {
	open := object.union(joined.network, {fixture.vnet_id: object.union(joined.network[fixture.vnet_id], {"apiVersion": "2024-05-01"})})
	hits({"azure-load-balancer-internal-subnet": "frontends"}, joined.overlay(fixture.own_network, open)) == {["service.beta.kubernetes.io/azure-load-balancer-internal-subnet", "the templates declare no subnet frontends in virtual network net (it has nodes, pods, services)"]}
	hits({"azure-load-balancer-internal-subnet": "services"}, joined.overlay(fixture.own_network, open)) == set()
	existing := object.union(open, {fixture.vnet_id: object.union(open[fixture.vnet_id], {"existing": true})})
	hits({"azure-load-balancer-internal-subnet": "frontends"}, joined.overlay(fixture.own_network, existing)) == set()
}

test_managed if {
	hits({"azure-load-balancer-internal-subnet": "frontends"}, managed) == {["service.beta.kubernetes.io/azure-load-balancer-internal-subnet", "subnet frontends is most likely missing: the pools name no subnet, so that AKS makes the virtual network, with one subnet aks-subnet"]}
	hits({"azure-load-balancer-internal-subnet": "aks-subnet"}, managed) == set()
}

test_fine if {
	hits({"azure-load-balancer-internal-subnet": "Services"}, own) == set()
	hits({"azure-load-balancer-internal-subnet": "net/services"}, own) == set()
	hits({"azure-load-balancer-internal-subnet": "frontends"}, joined.overlay(fixture.own_network, {})) == set()
	hits({"azure-pls-create": "true", "azure-load-balancer-internal-subnet": "services"}, own) == set()
}
