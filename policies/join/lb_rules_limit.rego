# METADATA
# title: More load balancer rules than a load balancer holds
# description: Each port of a Service is a rule of the load balancer for each address family. The Azure cloud controller puts at most 250 rules on one load balancer (maximumLoadBalancerRuleCount); Services beyond that get no address. All public Services of a cluster share one load balancer, all internal ones another. Services that choose among several load balancers are not counted.
# related_resources:
#   - ref: https://cloud-provider-azure.sigs.k8s.io/install/configs/
#   - ref: https://learn.microsoft.com/azure/aks/use-multiple-standard-load-balancer
# schemas:
#   - input: schema.arm
# custom:
#   severity: warning
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Publish fewer ports, put an ingress controller or gateway in front of the Services, or use several load balancers.
#   since: 0.1.0
#   catalogue: 713
package aksnetlint.rules["lb-rules-limit"]

import data.aksnetlint.lib.annotations
import data.aksnetlint.lib.ranges
import data.aksnetlint.lib.service

# Rules of one load balancer (pkg/consts/consts.go of kubernetes-sigs/cloud-provider-azure).
max_rules := 250

deny contains {
	"path": ["properties", "networkProfile"],
	"message": sprintf("%s %v rules of the %s load balancer, which holds %v", [needed(numbers), sum(numbers), side, max_rules]),
	"evidence": [sprintf("ports x address families = %v", [sum(numbers)])],
} if {
	some side, numbers in {"public": of_public, "internal": of_internal}
	sum(numbers) > max_rules
}

needed(numbers) := "1 Service needs" if count(numbers) == 1

needed(numbers) := sprintf("%v Services need", [count(numbers)]) if count(numbers) != 1

# The rules of each Service; of several variants of one, those of the largest.
of_public := [max(numbers) | some _, numbers in public]

of_internal := [max(numbers) | some _, numbers in private]

public[name] contains number if {
	some svc in input.workspace.objects.Service
	counted(svc)
	not service.is_internal(svc)
	name := service.name(svc)
	number := rules(svc)
}

private[name] contains number if {
	some svc in input.workspace.objects.Service
	counted(svc)
	service.is_internal(svc)
	name := service.name(svc)
	number := rules(svc)
}

counted(svc) if {
	service.is_azure_lb(svc)
	not service.has_annotation(svc, "azure-load-balancer-configurations")
}

# rules(svc): one for all ports with high-availability ports, which internal Services only
# can have.
rules(svc) := families(svc) if {
	service.is_internal(svc)
	service.enabled(svc, "azure-load-balancer-enable-high-availability-ports")
} else := families(svc) * count([port |
	some port in service.ports(svc)
	not service.enabled(svc, annotations.port_key(port.port, "no_lb_rule"))
])

families(svc) := 2 if {
	service.dual_stack(svc)
	ranges.dual_stack(input.resource)
} else := 1
