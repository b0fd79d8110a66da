# METADATA
# description: |
#   The private link service of a Service as the Azure cloud controller makes it. Source:
#   pkg/provider/azure_privatelinkservice.go of kubernetes-sigs/cloud-provider-azure.
package aksnetlint.lib.pls

import data.aksnetlint.lib.annotations
import data.aksnetlint.lib.service

create_key := "azure-pls-create"

# Numbers of IP configurations, and how many there are where the annotation is absent.
count_bounds := {"least": 1, "most": 8, "default": 1}

# The annotations that hold lists, whose items are separated by blanks.
list_keys := {
	"azure-pls-auto-approval",
	"azure-pls-fqdns",
	"azure-pls-ip-configuration-ip-address",
	"azure-pls-visibility",
}

# keys(svc): the annotations there that only count with azure-pls-create.
keys(svc) := {key |
	some key, facts in annotations.known
	facts.pls
	service.has_annotation(svc, key)
}

# wanted(svc): the controller makes a frontend and a private link service for it.
wanted(svc) if {
	service.is_azure_lb(svc)
	service.pls_enabled(svc)
}

# static_ips(svc): the addresses as written.
static_ips(svc) := {word | some word in service.words(service.annotation(svc, "azure-pls-ip-configuration-ip-address"))}

# subnet(svc): the subnet named for it; undefined where it goes to the cluster's own.
subnet(svc) := {"key": key, "name": name} if {
	key := "azure-pls-ip-configuration-subnet"
	name := service.annotation(svc, key)
	trim_space(name) != ""
} else := {"key": key, "name": name} if {
	service.is_internal(svc)
	key := "azure-load-balancer-internal-subnet"
	name := service.annotation(svc, key)
	trim_space(name) != ""
}
