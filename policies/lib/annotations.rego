# METADATA
# description: |
#   The annotations that the Azure cloud controller reads, and those it does not.
#   Source: pkg/consts/consts.go of kubernetes-sigs/cloud-provider-azure, and
#   https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/. The keys are written
#   without service.beta.kubernetes.io/.
package aksnetlint.lib.annotations

import data.aksnetlint.lib.service
import data.aksnetlint.lib.text

# known[key]: value says what the controller accepts; public_only marks annotations of the
# public IP, which an internal Service ignores; pls those of the private link service.
known := {
	"azure-additional-public-ips": {"value": "comma-separated IP addresses"},
	"azure-allowed-ip-ranges": {"value": "comma-separated prefixes without host bits"},
	"azure-allowed-service-tags": {"value": "comma-separated service tags"},
	"azure-deny-all-except-load-balancer-source-ranges": {"value": "true or false"},
	"azure-disable-load-balancer-floating-ip": {"value": "true or false"},
	# Read from release 1.35 on.
	"azure-disable-load-balancer-nsg-rule": {"value": "true or false", "since": "1.35"},
	"azure-dns-label-name": {"value": "DNS label", "public_only": true},
	"azure-load-balancer-configurations": {"value": "comma-separated names of load balancer configurations", "since": "1.28"},
	"azure-load-balancer-disable-tcp-reset": {"value": "true or false"},
	"azure-load-balancer-enable-high-availability-ports": {"value": "true or false", "internal_only": true},
	"azure-load-balancer-health-probe-interval": {"value": "seconds, at least 5"},
	"azure-load-balancer-health-probe-num-of-probe": {"value": "number, at least 2"},
	"azure-load-balancer-health-probe-protocol": {"value": "tcp, http or https"},
	"azure-load-balancer-health-probe-request-path": {"value": "path"},
	"azure-load-balancer-internal": {"value": "exactly true"},
	"azure-load-balancer-internal-subnet": {"value": "subnet name", "internal_only": true},
	"azure-load-balancer-ipv4": {"value": "IPv4 address"},
	"azure-load-balancer-ipv6": {"value": "IPv6 address"},
	"azure-load-balancer-mode": {"value": "__auto__ or names of scale sets"},
	"azure-load-balancer-resource-group": {"value": "resource group of the public IP", "public_only": true},
	"azure-load-balancer-tcp-idle-timeout": {"value": "minutes, 4 to 100"},
	"azure-pip-ip-tags": {"value": "a=b,c=d", "public_only": true},
	"azure-pip-name": {"value": "name of a public IP", "public_only": true},
	"azure-pip-name-ipv6": {"value": "name of a public IP", "public_only": true},
	"azure-pip-prefix-id": {"value": "resource id of a public IP prefix", "public_only": true},
	"azure-pip-prefix-id-ipv6": {"value": "resource id of a public IP prefix", "public_only": true},
	"azure-pip-tags": {"value": "a=b,c=d", "public_only": true},
	"azure-pls-auto-approval": {"value": "blank-separated subscription ids", "pls": true},
	"azure-pls-create": {"value": "true or false"},
	"azure-pls-fqdns": {"value": "blank-separated names", "pls": true},
	"azure-pls-ip-configuration-ip-address": {"value": "blank-separated IPv4 addresses", "pls": true},
	"azure-pls-ip-configuration-ip-address-count": {"value": "number, 1 to 8", "pls": true},
	"azure-pls-ip-configuration-subnet": {"value": "subnet name", "pls": true},
	"azure-pls-name": {"value": "name", "pls": true},
	"azure-pls-proxy-protocol": {"value": "true or false", "pls": true},
	"azure-pls-resource-group": {"value": "resource group", "pls": true},
	"azure-pls-visibility": {"value": "blank-separated subscription ids, or *", "pls": true},
	"load-balancer-source-ranges": {"value": "comma-separated prefixes without host bits"},
}

# dead[key]: documented but read by no supported release, with what to say of it.
dead := {"azure-shared-securityrule": "the controller has not read it since release 1.31"}

# The part after port_N_ of the annotations of one port, N being the port number.
per_port := {
	"no_lb_rule": {"value": "true or false"},
	"no_probe_rule": {"value": "true or false"},
	"health-probe_protocol": {"value": "tcp, http or https"},
	"health-probe_port": {"value": "port name or number"},
	"health-probe_interval": {"value": "seconds, at least 5"},
	"health-probe_num-of-probe": {"value": "number, at least 2"},
	"health-probe_request-path": {"value": "path"},
}

# by_words, per_port_by_words: the keys by their words.
by_words := {text.words(key): key | some key, _ in known}

per_port_by_words := {text.words(key): key | some key, _ in per_port}

# port_key(number, tail): the key of one port, without the prefix.
port_key(number, tail) := sprintf("port_%v_%s", [number, tail])

# split_port_key(key): {"port": 80, "tail": "no_lb_rule"} of a key without the prefix;
# undefined where it is no key of a port.
split_port_key(key) := {"port": to_number(parts[1]), "tail": parts[2]} if {
	[parts] := regex.find_all_string_submatch_n(`^port_(0|[1-9][0-9]{0,9})_(.+)$`, key, 1)
}

# is_known(key): the controller reads the key, given without the prefix.
is_known(key) if key in object.keys(known)

is_known(key) if split_port_key(key).tail in object.keys(per_port)

# explicit_public: annotations that nobody writes without wanting a public address.
explicit_public := {
	"azure-dns-label-name",
	"azure-pip-name",
	"azure-pip-name-ipv6",
	"azure-pip-prefix-id",
	"azure-pip-prefix-id-ipv6",
}

# The beginnings of other clouds' load balancer annotations.
foreign := {
	"cloud.google.com/load-balancer-": "Google Cloud",
	"networking.gke.io/": "Google Cloud",
	"service.beta.kubernetes.io/aws-": "AWS",
	"service.beta.kubernetes.io/alibaba-cloud-": "Alibaba Cloud",
	"service.beta.kubernetes.io/alicloud-": "Alibaba Cloud",
	"service.beta.kubernetes.io/do-loadbalancer-": "DigitalOcean",
	"service.beta.kubernetes.io/linode-loadbalancer-": "Linode",
	"service.beta.kubernetes.io/oci-load-balancer-": "Oracle Cloud",
	"oci.oraclecloud.com/load-balancer-": "Oracle Cloud",
	"service.beta.kubernetes.io/openstack-internal-load-balancer": "OpenStack",
	"service.beta.kubernetes.io/scw-loadbalancer-": "Scaleway",
	"service.kubernetes.io/ibm-load-balancer-": "IBM Cloud",
	"service.kubernetes.io/qcloud-loadbalancer-": "Tencent Cloud",
	"load-balancer.hetzner.cloud/": "Hetzner",
}

# cloud(name): the cloud whose load balancer annotation it is; undefined for others.
cloud(name) := owner if {
	some beginning, owner in foreign
	startswith(name, beginning)
}

# azure_keys(annotations): the keys there that the Azure controller reads.
azure_keys(annotations) := {key |
	some full, _ in annotations
	startswith(full, service.prefix)
	key := substring(full, count(service.prefix), -1)
	is_known(key)
}
