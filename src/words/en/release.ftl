# Why a finding was released as it was. The sentence of the policy is the policy's own.

release-open = Every source is already published at this precision.
release-policy = Built from a restricted source: { $sources }. { $policy }
