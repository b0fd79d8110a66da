package aksnetlint.lib.sources_test

import data.aksnetlint.lib.manifests
import data.aksnetlint.lib.sources

test_masked if every text in ["10.0.0.0/8", "0.0.0.0/0", "203.0.113.7/32", "2001:db8::/32", "2001:DB8:0:0::/64", "::/0"] {
	sources.is_masked(text)
}

test_not_masked if every text in ["", "10.0.0.1/8", "10.0.0.0", "10.0.0.0/33", "10.0.0.0/08", "2001:db8::1/64", "2001:db8::/064", "2001:db8::", "x/8"] {
	not sources.is_masked(text)
}

entries(annotations, ranges) := sources.entries(service(annotations, ranges))

service(annotations, ranges) := manifests.shaped(manifests.azure(annotations), {"loadBalancerSourceRanges": ranges})

test_entries if {
	{entry.text | some entry in entries({"azure-allowed-ip-ranges": "a, b,", "load-balancer-source-ranges": "c"}, [" d ", 7])} == {"a", "b", "", "c", "d"}
}

# What the controller decides for annotations and ranges of the spec.
test_from_internet if {
	sources.from_internet(service({}, []))
	sources.from_internet(service({}, ["0.0.0.0/0", "10.0.0.0/8"]))
	sources.from_internet(service({"azure-load-balancer-internal": "true"}, ["0.0.0.0/0"]))
	not sources.from_internet(service({"azure-load-balancer-internal": "True"}, []))
	not sources.from_internet(service({}, ["10.0.0.0/8"]))
	not sources.from_internet(service({}, ["0.0.0.0/1", "128.0.0.0/1"]))
	not sources.from_internet(service({}, ["0.0.0.0/0", "x"]))
	not sources.from_internet(service({"azure-allowed-service-tags": ""}, []))
}

test_denies_rest if {
	sources.denies_rest(service({}, ["x"]))
	sources.denies_rest(service({"azure-deny-all-except-load-balancer-source-ranges": "True"}, ["10.0.0.0/8"]))
	not sources.denies_rest(service({"azure-deny-all-except-load-balancer-source-ranges": "true"}, []))
	not sources.denies_rest(service({}, ["10.0.0.0/8"]))
}

test_listed if {
	sources.listed(entries({}, ["b", "a"])) == "a, b"
	not sources.listed(set())
}
