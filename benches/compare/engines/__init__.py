"""The engines that are compared, by the names of `--engines`, in the order of the report."""

from engines.groonga import Groonga
from engines.khonha import Khonha, KhonhaExact
from engines.limits import LimitHttp, LimitSearch
from engines.opensearch import OpenSearch
from engines.seekstorm import SeekStorm

ENGINES = {engine.name: engine for engine in (Khonha, KhonhaExact, OpenSearch, Groonga, SeekStorm, LimitSearch, LimitHttp)}
