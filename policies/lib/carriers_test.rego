package aksnetlint.lib.carriers_test

import data.aksnetlint.lib.carriers
import data.aksnetlint.lib.manifests

only(resource) := carrier if some carrier in carriers.of(resource)

test_service if {
	carrier := only(manifests.balanced(manifests.internal))
	carrier.what == "Service shop/web"
	carrier.exposed
	carriers.is_internal(carrier)
	only({"spec": {"type": "LoadBalancer"}}).what == "Service (no name)"
	count(carriers.of(manifests.shaped({}, {"loadBalancerClass": "x"}))) == 0
}

test_controller if {
	carrier := only({"kind": "NginxIngressController", "metadata": {"name": "edge"}, "spec": {}})
	carrier.path == ["spec", "loadBalancerAnnotations"]
	carrier.annotations == {}
}

test_value if {
	strict := {"strict": true, "annotations": manifests.azure({"azure-pip-name": true, "azure-pip-tags": null})}
	not carriers.value(strict, "azure-pip-name")
	carriers.value(strict, "azure-pip-tags") == ""
	carriers.has(strict, "azure-pip-name")
	not carriers.has(strict, "azure-pip-tags")
	carriers.refused(strict)
	quoted := object.union(strict, {"strict": false})
	carriers.value(quoted, "azure-pip-name") == "true"
	not carriers.refused(quoted)
}

test_set if {
	empty := {"kind": "NginxIngressController", "metadata": {"name": "edge"}, "spec": {"loadBalancerAnnotations": "x"}}
	carriers.set(empty, only(empty), "azure-load-balancer-internal", "true") == [{"op": "add", "path": "/spec/loadBalancerAnnotations", "value": manifests.internal}]
	none := {"kind": "NginxIngressController", "metadata": {"name": "edge"}}
	not carriers.set(none, only(none), "azure-load-balancer-internal", "true")
}

test_pointer if carriers.pointer(["a/b", 3, "c~d"]) == "/a~1b/3/c~0d"
