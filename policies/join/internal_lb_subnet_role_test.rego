package aksnetlint.rules["internal-lb-subnet-role_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.joined
import data.aksnetlint.rules["internal-lb-subnet-role"] as rule

hits(name, others) := {hit.message |
	svc := joined.internal({"azure-load-balancer-internal-subnet": name}, {})
	some hit in rule.deny with input as joined.linked(svc, joined.overlay(fixture.own_network, others))
}

# assigned(scope, role): the role is assigned there.
assigned(scope, role) := object.union(joined.whole, fixture.resource(concat("", [scope, "/providers/microsoft.authorization/roleassignments/one"]), "Microsoft.Authorization/roleAssignments", {"roleDefinitionId": concat("/", ["/providers/roledefinitions", role])}))

network_contributor := "4d97b98b-1d4f-4787-a291-c67834d212e7"

reader := "acdd72a7-3385-48ef-bd42-f606fba81ae7"

test_no_role if {
	message := "no role assignment of the templates lets the identity of cluster shop join subnet services, or its virtual network"
	hits("services", joined.whole) == {message}
	hits("services", assigned(fixture.vnet_id, reader)) == {message}
	hits("services", assigned(fixture.nodes_id, network_contributor)) == {message}
}

test_fine if {
	hits("services", assigned(fixture.vnet_id, network_contributor)) == set()
	hits("services", assigned(joined.services_id, network_contributor)) == set()
	hits("services", assigned("/rg", network_contributor)) == set()
	hits("frontends", joined.whole) == set()
	hits("services", {joined.services_id: object.union(joined.whole[joined.services_id], {"existing": true})}) == set()
}
