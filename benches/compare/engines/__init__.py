"""The engines that are compared, by the names of `--engines`, in the order of the report."""

from engines.groonga import Groonga
from engines.khonha import Khonha, KhonhaExact, KhonhaKeeping
from engines.limits import LimitHttp, LimitSearch
from engines.opensearch import OpenSearch
from engines.seekstorm import SeekStorm

SEARCHED = (Khonha, KhonhaKeeping, KhonhaExact, OpenSearch, Groonga, SeekStorm, LimitSearch, LimitHttp)
ENGINES = {engine.name: engine for engine in SEARCHED}
