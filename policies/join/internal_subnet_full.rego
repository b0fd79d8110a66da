# METADATA
# title: No room for internal load balancers in the subnet
# description: Each internal Service takes an address of its subnet, and each private link service one or more, beside the nodes and their pods where the subnet is theirs too. An error where they do not fit beside the nodes at deployment, a warning where they do not fit at full scale. Services that share a fixed address are counted once. Subnets that are too small for the nodes alone are left to subnet-too-small.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Enlarge the subnet, or give the load balancers a subnet of their own.
#   since: 0.1.0
#   catalogue: 706
package aksnetlint.rules["internal-subnet-full"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.consumers
import data.aksnetlint.lib.join
import data.aksnetlint.lib.pls
import data.aksnetlint.lib.service
import data.aksnetlint.lib.sizing

deny contains {
	"path": sizing.range(subnet).path,
	"resource": id,
	"severity": severities[stage],
	"message": sprintf("%s = %v addresses; %s; %s", [
		concat(" + ", [concat("", [words, sprintf(" %v", [number])]) | some [words, number] in terms; number > 0]),
		needed, sizing.capacity_words(subnet, taken), sizing.would_do(needed + taken),
	]),
} if {
	some id, fronts in frontends
	subnet := input.deployment.resources[id]
	taken := consumers.taken(input, id)
	links := link_addresses(id)
	stage := full_stage(id, (count(fronts) + links) + taken)
	nodes := sizing.addresses(sizing.demands(input, id), stage, "rp")
	needed := (nodes + count(fronts)) + links
	terms := [["internal load balancers", count(fronts)], ["private link services", links], [stage_words[stage], nodes]]
}

severities := {"now": "error", "full": "warning"}

stage_words := {"now": "nodes at deployment", "full": "nodes at full scale"}

# full_stage(id, others): the stage at which the subnet is full, where the nodes alone fit.
full_stage(id, others) := "now" if {
	overflows(id, "now", others)
} else := "full" if {
	overflows(id, "full", others)
}

overflows(id, stage, others) if {
	nodes := sizing.addresses(sizing.demands(input, id), stage, "rp")
	room := sizing.capacity(input.deployment.resources[id])
	nodes <= room
	nodes + others > room
}

# The frontends of internal Services by the subnet that they are certain to be in: a fixed
# address, or the Service's name. A Service that several files declare is one.
frontends[id] contains front if {
	some places in named
	[id, front] := min(places)
}

named[service.name(svc)] contains [id, front] if {
	some svc in input.workspace.objects.Service
	some id in certain_subnet(svc)
	front := frontend(svc)
}

# certain_subnet(svc): the one subnet that its frontend is in.
certain_subnet(svc) := ids if {
	ids := join.subnet_ids(input, svc)
	count(ids) == 1
}

frontend(svc) := service.static_ip(svc, "IPv4").ip if {
	service.static_ip(svc, "IPv4")
} else := service.name(svc)

# link_addresses(id): the addresses of the private link services that are in the subnet.
link_addresses(id) := sum([min({link.number | some link in list}) |
	some list in links
	{link.subnets | some link in list} == {{id}}
])

links[service.name(svc)] contains {"subnets": link_subnet(svc), "number": link_count(svc)} if {
	some svc in input.workspace.objects.Service
	pls.wanted(svc)
}

link_subnet(svc) := join.ids_of(input, pls.subnet(svc).name)

link_subnet(svc) := aks.node_subnet_ids(input) if not pls.subnet(svc)

link_count(svc) := number if {
	number := service.integer(service.annotation(svc, "azure-pls-ip-configuration-ip-address-count"))
	number >= pls.count_bounds.least
	number <= pls.count_bounds.most
} else := pls.count_bounds["default"]
