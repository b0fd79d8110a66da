# METADATA
# title: Load balancer is public
# description: AKS gives a Service of type LoadBalancer a public IP address unless the annotation service.beta.kubernetes.io/azure-load-balancer-internal is exactly "true". The same holds for whatever makes such a Service, such as an NginxIngressController, an Istio Gateway, a Kafka listener or the chart of an ingress controller. Where the manifest says in another way that a public address is wanted ("false", or the name, prefix or DNS label of a public IP) this is a note. A Service with a loadBalancerClass is not Azure's and not judged.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets:
#     - Service
#     - gateway.networking.k8s.io/Gateway
#     - approuting.kubernetes.azure.com/NginxIngressController
#     - helm.toolkit.fluxcd.io/HelmRelease
#     - argoproj.io/Application
#     - install.istio.io/IstioOperator
#     - kafka.strimzi.io/Kafka
#     - helm/values
#   remediation: 'Add the annotation service.beta.kubernetes.io/azure-load-balancer-internal: "true". If the address is meant to be public, say so with the annotation aksnetlint.io/allow-public and the reason.'
#   since: 0.1.0
#   catalogue: 100
#   params:
#     allow: []
package aksnetlint.rules["public-load-balancer"]

import data.aksnetlint.lib.annotations
import data.aksnetlint.lib.carriers
import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.service

# The annotation is not set.
deny contains object.union(hit, fix(carrier)) if {
	some carrier in carriers.of(input.resource)
	carrier.exposed
	unset(carrier)
	not accepted(carrier)
	not explicit(carrier)
	hit := {
		"path": place(carrier),
		"severity": carrier.severity,
		"message": sprintf("%s gets a public IP address: %s %s", [carrier.what, exposure.annotation, wanting(carrier)]),
	}
}

# The annotation is not set, but a public address is asked for by name.
deny contains {
	"path": carriers.path(carrier, key),
	"severity": "note",
	"message": sprintf("%s is public, as the annotation %s asks for", [carrier.what, service.full(key)]),
} if {
	some carrier in carriers.of(input.resource)
	carrier.exposed
	unset(carrier)
	not accepted(carrier)
	key := explicit(carrier)
}

# The annotation says false.
deny contains {
	"path": carriers.path(carrier, exposure.key),
	"severity": "note",
	"message": sprintf("%s is public: %s is \"false\"", [carrier.what, exposure.annotation]),
} if {
	some carrier in carriers.of(input.resource)
	carriers.value(carrier, exposure.key) == "false"
	not carriers.refused(carrier)
	not accepted(carrier)
}

# What the API server refuses gets no address; annotation-not-a-string and invalid-service
# say so.
unset(carrier) if {
	not carriers.has(carrier, exposure.key)
	not carriers.refused(carrier)
	not exposure.refused(input.resource)
}

accepted(_) if exposure.accepted(input.resource, data.params["public-load-balancer"].allow)

accepted(carrier) if exposure.has_reason(carrier.annotations)

# explicit(carrier): the first annotation that nobody writes without wanting a public address.
explicit(carrier) := min(keys) if {
	keys := {key |
		some name, _ in carrier.annotations
		key := trim_prefix(name, service.prefix)
		key in annotations.explicit_public
		trim_space(carriers.value(carrier, key)) != ""
	}
	count(keys) > 0
}

# The place is that of the annotation where it is there without a value.
place(carrier) := carriers.path(carrier, exposure.key) if {
	service.full(exposure.key) in object.keys(carrier.annotations)
} else := carrier.path

wanting(carrier) := "has no value" if {
	service.full(exposure.key) in object.keys(carrier.annotations)
} else := "is not set"

# The fix is offered only where no other rule mends the same thing.
fix(carrier) := {"fix": carriers.set(input.resource, carrier, exposure.key, "true")} if {
	not misspelt(carrier)
	not exposure.misplaced(input.resource)
	not carriers.has(carrier, "azure-load-balancer-internal-subnet")
	not may_be_meant(carrier)
} else := {}

# Annotations that mean most with a public address: which clients of the internet get in,
# and where the public address is.
hints := {"azure-allowed-service-tags", "azure-allowed-ip-ranges", "azure-load-balancer-resource-group"}

# may_be_meant(carrier): what else is written looks as if a public address is wanted. Only
# its author can tell.
may_be_meant(carrier) if {
	some key in hints
	carriers.has(carrier, key)
}

may_be_meant(carrier) if {
	some key in ["azure-load-balancer-ipv4", "azure-load-balancer-ipv6"]
	is_public(carriers.value(carrier, key))
}

may_be_meant(_) if is_public(input.resource.spec.loadBalancerIP)

may_be_meant(_) if {
	some range in input.resource.spec.loadBalancerSourceRanges
	not cidr.is_private(range)
}

is_public(ip) if {
	service.is_ip(ip)
	not service.is_private(ip)
}

misspelt(carrier) if {
	some written, _ in carrier.annotations
	exposure.meant(written) == exposure.key
}
