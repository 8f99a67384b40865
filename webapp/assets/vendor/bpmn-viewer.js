// The read-only diagram of bpmn.io, as one global. The watermark is its own and stays.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';

globalThis.BpmnViewer = NavigatedViewer;
