# METADATA
# description: Inputs for the tests of rules that judge Services and what carries their annotations.
package aksnetlint.lib.manifests

# balanced(annotations): Service shop/web of type LoadBalancer with one port.
balanced(annotations) := shaped(annotations, {})

# shaped(annotations, spec): the same with more fields of spec.
shaped(annotations, spec) := {
	"apiVersion": "v1",
	"kind": "Service",
	"metadata": {"name": "web", "namespace": "shop", "annotations": annotations},
	"spec": object.union({"type": "LoadBalancer", "ports": [{"name": "http", "port": 80}]}, spec),
}

# azure(values): annotations by their keys without the prefix.
azure(values) := {concat("", ["service.beta.kubernetes.io/", key]): value | some key, value in values}

internal := azure({"azure-load-balancer-internal": "true"})

# gateway(class, own, infrastructure): a Gateway; infrastructure is its spec.infrastructure.
gateway(class, own, infrastructure) := {
	"apiVersion": "gateway.networking.k8s.io/v1",
	"kind": "Gateway",
	"metadata": {"name": "edge", "annotations": own},
	"spec": {"gatewayClassName": class, "infrastructure": infrastructure},
}

# release(chart, values): a Flux HelmRelease.
release(chart, values) := {
	"apiVersion": "helm.toolkit.fluxcd.io/v2",
	"kind": "HelmRelease",
	"metadata": {"name": "ingress"},
	"spec": {"chart": {"spec": {"chart": chart}}, "values": values},
}

# application(source): an Argo CD Application.
application(source) := {
	"apiVersion": "argoproj.io/v1alpha1",
	"kind": "Application",
	"metadata": {"name": "ingress"},
	"spec": {"source": source},
}

# kafka(listeners, fields): a Strimzi Kafka cluster.
kafka(listeners, fields) := {
	"apiVersion": "kafka.strimzi.io/v1beta2",
	"kind": "Kafka",
	"metadata": {"name": "events"},
	"spec": {"kafka": object.union({"listeners": listeners}, fields)},
}
