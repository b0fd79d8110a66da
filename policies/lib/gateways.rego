# METADATA
# description: |
#   Load balancer annotations of Gateway API Gateways and of the Istio operator.
package aksnetlint.lib.gateways

import data.aksnetlint.lib.service

# The classes for which Istio makes a Deployment and a Service of type LoadBalancer:
# https://learn.microsoft.com/azure/aks/istio-gateway-api and
# https://learn.microsoft.com/azure/aks/app-routing-gateway-api
istio_classes := {"istio", "approuting-istio"}

is_gateway(resource) if {
	resource.kind == "Gateway"
	is_string(resource.apiVersion)
	startswith(resource.apiVersion, "gateway.networking.k8s.io/")
}

is_istio(gateway) if gateway.spec.gatewayClassName in istio_classes

infrastructure(gateway) := annotations if {
	annotations := gateway.spec.infrastructure.annotations
	is_object(annotations)
}

# copies_metadata(gateway): Istio copies the Gateway's own annotations to the Service, but
# only where spec.infrastructure.annotations is not set
# (PILOT_ENABLE_GATEWAY_API_COPY_LABELS_ANNOTATIONS, on by default).
copies_metadata(gateway) if {
	is_istio(gateway)
	not infrastructure(gateway)
}

# makes_load_balancer(gateway): Istio makes a Service with a public frontend for it,
# unless it is told the address of a Service that exists, another type, or a configuration
# that is not in the manifest.
makes_load_balancer(gateway) if {
	is_istio(gateway)
	count(addresses(gateway)) == 0
	not gateway.spec.infrastructure.parametersRef
	not other_type(gateway)
}

addresses(gateway) := gateway.spec.addresses if {
	is_array(gateway.spec.addresses)
} else := []

service_type := "networking.istio.io/service-type"

other_type(gateway) if {
	service.annotations(gateway)[service_type] in {"ClusterIP", "NodePort"}
}

other_type(gateway) if {
	infrastructure(gateway)[service_type] in {"ClusterIP", "NodePort"}
}

carriers(resource) := gateway(resource) | operator(resource)

gateway(resource) := {carrier |
	is_gateway(resource)
	[path, annotations] := place(resource)
	carrier := {
		"what": sprintf("the Service of Gateway %s", [service.name(resource)]),
		"path": path,
		"annotations": annotations,
		"strict": true,
		"exposed": exposed(resource),
		"severity": "error",
		"fixable": true,
	}
}

exposed(gateway) if {
	makes_load_balancer(gateway)
} else := false

place(gateway) := [["metadata", "annotations"], service.annotations(gateway)] if {
	copies_metadata(gateway)
	count(service.annotations(gateway)) > 0
} else := [["spec", "infrastructure", "annotations"], infrastructure(gateway)] if {
	infrastructure(gateway)
} else := [["spec", "infrastructure", "annotations"], {}]

# The operator's ingress gateways: spec.components.ingressGateways[].k8s.serviceAnnotations.
operator(resource) := {carrier |
	resource.kind == "IstioOperator"
	some i, gateway in resource.spec.components.ingressGateways
	not gateway.enabled == false
	operator_type(gateway) == "LoadBalancer"
	carrier := {
		"what": sprintf("the Service of Istio gateway %s", [operator_name(gateway)]),
		"path": ["spec", "components", "ingressGateways", i, "k8s", "serviceAnnotations"],
		"annotations": operator_annotations(gateway),
		"strict": true,
		"exposed": operator_exposed(resource, gateway),
		"severity": "error",
		"fixable": true,
	}
}

operator_name(gateway) := gateway.name if {
	is_string(gateway.name)
} else := "(no name)"

operator_type(gateway) := type if {
	type := gateway.k8s.service.type
	is_string(type)
} else := "LoadBalancer"

operator_annotations(gateway) := gateway.k8s.serviceAnnotations if {
	is_object(gateway.k8s.serviceAnnotations)
} else := {}

# Overlays and spec.values can still change the Service, and so can a load balancer class.
operator_exposed(resource, gateway) if {
	gateway.enabled == true
	not gateway.k8s.overlays
	not gateway.k8s.service.loadBalancerClass
	not resource.spec.values.gateways
} else := false
